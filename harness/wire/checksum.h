/* Checksums above IP (RFC 1071): made, right, wrong, or left partial by the kernel. Pure. */
#ifndef WIRECHECK_CHECKSUM_H
#define WIRECHECK_CHECKSUM_H

#include "wire/packet.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The checksum of `data` (RFC 9293 3.1, RFC 1071), whose own field holds 0: of a protocol that has
 * a pseudo-header, of which `packet` has the addresses and the protocol.
 */
uint16_t checksum_of(const struct packet *packet, struct bytes data);

/*
 * Whether the checksum of what `packet` carries is wrong: `data` begins with the header of its
 * protocol, and its addresses were read. Not where there is none, where the protocol is not known,
 * or where the header is not whole.
 */
bool checksum_is_wrong(const struct packet *packet, struct bytes data);

/*
 * Whether the checksum field of a decoded TCP segment or UDP datagram holds the sum of its
 * pseudo-header alone (RFC 9293 3.1, RFC 768, RFC 8200 8.1): Linux leaves it so where the interface
 * is to add the rest, and loopback never does. Any other value is the sender's own, right or wrong.
 */
bool checksum_is_partial(const struct packet *packet);

#endif
