/* The meaning of an ICMP error's type and code, in words. */
#ifndef WIRECHECK_ICMP_H
#define WIRECHECK_ICMP_H

#include <stdint.h>

/*
 * "port unreachable" and so on, for IP version 4 (RFC 792, RFC 1812 5.2.7.1) or 6 (RFC 4443).
 * "unknown error" for any other type and code. The text is static.
 */
const char *icmp_meaning(uint8_t version, uint8_t type, uint8_t code);

#endif
