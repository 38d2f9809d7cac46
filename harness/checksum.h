/* Checksums of TCP and UDP that the kernel left to a network interface. Pure. */
#ifndef WIRECHECK_CHECKSUM_H
#define WIRECHECK_CHECKSUM_H

#include "packet.h"

#include <stdbool.h>

/*
 * Whether the checksum field of a decoded TCP segment or UDP datagram holds the sum of its
 * pseudo-header alone (RFC 9293 3.1, RFC 768, RFC 8200 8.1): Linux leaves it so where the interface
 * is to add the rest, and loopback never does. Any other value is the sender's own, right or wrong.
 */
bool checksum_is_partial(const struct packet *packet);

#endif
