/* Checksums above IP (RFC 1071): makes one, and says whether one is wrong or partial. Pure. */
#ifndef WIRECHECK_CHECKSUM_H
#define WIRECHECK_CHECKSUM_H

#include "wire/packet.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The checksum of `data`, in which the checksum field is 0 (RFC 9293 3.1, RFC 1071). The protocol
 * has a pseudo-header: `packet` has the addresses and the protocol for it.
 */
uint16_t checksum_of(const struct packet *packet, struct bytes data);

/*
 * Whether the checksum of what `packet` carries is wrong. `data` begins with the header of the
 * packet's protocol; its addresses were read before. False when there is no checksum, when the
 * protocol is unknown, and when the header is not whole.
 */
bool checksum_is_wrong(const struct packet *packet, struct bytes data);

/*
 * Whether the checksum field of a decoded TCP segment or UDP datagram has the sum of the
 * pseudo-header only (RFC 9293 3.1, RFC 768, RFC 8200 8.1). Linux leaves it so when the interface
 * shall add the rest; loopback never adds it. Any other value is the sender's own, right or wrong.
 */
bool checksum_is_partial(const struct packet *packet);

#endif
