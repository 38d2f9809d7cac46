/* The headers above IP, for packet.c: TCP, UDP, UDP-Lite and ICMP. */
#ifndef WIRECHECK_TRANSPORT_H
#define WIRECHECK_TRANSPORT_H

#include "wire/packet.h"

/*
 * Decodes an IP packet's payload by the packet's protocol, which was read before as its addresses
 * were. Sets the kind, but of a bad one, and returns what the problem is: static text or NULL.
 */
const char *transport_decode(struct packet *packet, struct bytes data);

#endif
