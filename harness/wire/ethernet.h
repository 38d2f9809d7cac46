/* The Ethernet frame, for packet.c: what stands between its addresses and the IP packet. */
#ifndef WIRECHECK_ETHERNET_H
#define WIRECHECK_ETHERNET_H

#include "wire/packet.h"

#define ETHERTYPE_IPV4 0x0800 /* RFC 894 */
#define ETHERTYPE_IPV6 0x86dd /* RFC 2464 3 */

/*
 * Narrows `frame` to what its headers carry, and sets the EtherType of that, 0 for what has none.
 * The type stands in the header (RFC 894, RFC 2464), behind VLAN tags (IEEE 802.1Q and 802.1ad,
 * one in the other), or behind 802.2's headers, where the header has a length (IEEE 802.3, RFC
 * 1042). What is carried may end in padding. Returns what the problem is, static text, or NULL. One
 * that is no fault of the frame makes it PACKET_OTHER.
 */
const char *ethernet_headers(struct packet *packet, struct bytes *frame, uint16_t *ethertype);

#endif
