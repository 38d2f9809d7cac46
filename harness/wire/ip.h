/* Decodes the headers of IPv4 and IPv6. For decode.c. Tested by test_decode.c. */
#ifndef WIRECHECK_IP_H
#define WIRECHECK_IP_H

#include "wire/packet.h"

/* The largest length that the 16 bits in the headers can say. */
#define IP_LENGTH_MAXIMUM 65535

/*
 * Each reads a header and fills in the packet's addresses and its other fields. It narrows `data`
 * to what the header says that it carries; a `quoted` packet may have fewer bytes. Returns the
 * problem, a static text, or NULL. If the problem is no fault of the packet, the packet is
 * PACKET_OTHER.
 */
const char *ipv4_header(struct packet *packet, struct bytes *data, bool quoted);
const char *ipv6_header(struct packet *packet, struct bytes *data, bool quoted);

/*
 * Walks through the extension headers, up to the header above IP or into a fragment (RFC 8200 4.1).
 * `position` is the place of the first of them after the IPv6 header: hop-by-hop options may only
 * be at 0.
 */
const char *ipv6_extensions(struct packet *packet, struct bytes *data, unsigned position);

#endif
