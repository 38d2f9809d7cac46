/* What the type and code of an ICMP error mean, in words. */
#ifndef WIRECHECK_ICMP_H
#define WIRECHECK_ICMP_H

#include <stdint.h>

/*
 * "port unreachable" and its like, of the IP version 4 (RFC 792, RFC 1812 5.2.7.1) or 6
 * (RFC 4443); "unknown error" for what is none of theirs. Static text.
 */
const char *icmp_meaning(uint8_t version, uint8_t type, uint8_t code);

#endif
