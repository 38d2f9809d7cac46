/*
 * Decodes the headers above IP: TCP, UDP, UDP-Lite and ICMP. For decode.c.
 *
 * Tested by test_decode.c.
 */
#ifndef WIRECHECK_TRANSPORT_H
#define WIRECHECK_TRANSPORT_H

#include "wire/packet.h"

/*
 * Decodes the payload of an IP packet. The packet's protocol and addresses were read before.
 * Returns the problem, a static text, or NULL. Sets the packet's kind unless the packet is bad.
 */
const char *transport_decode(struct packet *packet, struct bytes data);

#endif
