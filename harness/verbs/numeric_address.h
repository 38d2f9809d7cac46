/* The address that a case names. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_NUMERIC_ADDRESS_H
#define WIRECHECK_NUMERIC_ADDRESS_H

#include "base/address.h"

#include <stdint.h>

/* The address of a numeric host, IPv4 or IPv6. Ends the case as BROKEN when it is not numeric. */
struct address numeric_address(const char *host, uint16_t port);

#endif
