/* The headers of IPv4 and IPv6, for packet.c. */
#ifndef WIRECHECK_IP_H
#define WIRECHECK_IP_H

#include "wire/packet.h"

/* The largest packet whose length fits the headers' 16 bits. */
#define IP_LENGTH_MAXIMUM 65535

/*
 * Each reads a header, fills the packet's addresses and what else it says, and narrows `data` to
 * what the header says it carries; a quote may hold less than that. Returns what the problem is,
 * static text, or NULL. One that is no fault of the packet makes it PACKET_OTHER.
 */
const char *ipv4_header(struct packet *packet, struct bytes *data, bool quoted);
const char *ipv6_header(struct packet *packet, struct bytes *data, bool quoted);

/*
 * Walks the extension headers up to the upper layer's header or into a fragment (RFC 8200 4.1).
 * `position` is that of the first one behind the IPv6 header: hop-by-hop options stand at 0 alone.
 */
const char *ipv6_extensions(struct packet *packet, struct bytes *data, unsigned position);

#endif
