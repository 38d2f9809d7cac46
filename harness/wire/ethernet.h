/*
 * Decodes the Ethernet frame: what is between its addresses and the IP packet. For decode.c.
 *
 * Tested by test_frame.c.
 */
#ifndef WIRECHECK_ETHERNET_H
#define WIRECHECK_ETHERNET_H

#include "wire/packet.h"

#define ETHERTYPE_IPV4 0x0800 /* RFC 894 */
#define ETHERTYPE_IPV6 0x86dd /* RFC 2464 3 */

/*
 * Narrows `frame` to what its headers carry, and sets the EtherType of that; 0: it has none. The
 * type is in the header (RFC 894, RFC 2464), or after VLAN tags (IEEE 802.1Q and 802.1ad), or, when
 * the header has a length instead, after the headers of 802.2 (IEEE 802.3, RFC 1042). Padding may
 * follow what is carried. Returns the problem, a static text, or NULL. If the problem is no fault
 * of the frame, the packet is PACKET_OTHER.
 */
const char *ethernet_headers(struct packet *packet, struct bytes *frame, uint16_t *ethertype);

#endif
