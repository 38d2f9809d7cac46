/* Checksums above IP (RFC 1071), for telling which fragments belong together. */
#ifndef WIRECHECK_CHECKSUM_H
#define WIRECHECK_CHECKSUM_H

#include "packet.h"

/*
 * Whether the checksum of what `packet` carries is wrong: `data` begins with the header of its
 * protocol, and its addresses were read. Not where there is none, where the protocol is not known,
 * or where the header is not whole.
 */
bool checksum_is_wrong(const struct packet *packet, struct bytes data);

#endif
