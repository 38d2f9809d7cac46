/* The headers above IP, for packet.c: TCP, UDP and ICMP. */
#ifndef WIRECHECK_TRANSPORT_H
#define WIRECHECK_TRANSPORT_H

#include "packet.h"

/* Makes it PACKET_BAD or PACKET_OTHER for this reason, static text, and returns false. */
bool packet_bad(struct packet *packet, const char *problem);
bool packet_other(struct packet *packet, const char *problem);

/*
 * Decodes an IP packet's payload by the packet's protocol, which was read before as its addresses
 * were. False when it turned out bad or other.
 */
bool transport_decode(struct packet *packet, struct bytes data);

#endif
