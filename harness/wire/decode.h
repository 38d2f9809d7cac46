/* One frame in, its decoded headers and payload out. Pure: no files, no printing, no globals. */
#ifndef WIRECHECK_DECODE_H
#define WIRECHECK_DECODE_H

#include "wire/packet.h"

/*
 * Decodes an Ethernet frame (RFC 894, RFC 2464, IEEE 802.1Q, RFC 1042). `frame` is what was
 * captured, `wire_length` how long the frame was on the wire; one cut short by the capture is
 * PACKET_BAD. Checksums are not looked at: on loopback the kernel leaves them partial. Nothing in
 * the frame is trusted.
 */
void packet_decode(struct packet *packet, struct bytes frame, size_t wire_length);

/*
 * Decodes an IP datagram's payload that was put together from fragments: `first` is the decoded
 * fragment at offset 0, `whole` all of its payload. The result's views point into `whole`.
 */
void packet_decode_whole(struct packet *packet, const struct packet *first, struct bytes whole);

/*
 * Whether the result of that is what it must be: not PACKET_BAD, and with a checksum that is right
 * where it has one. Fragments that belong to two datagrams make one that is not.
 */
bool packet_is_intact(const struct packet *packet, const struct packet *first, struct bytes whole);

/*
 * Decodes as much of a quoted IP packet (RFC 792, RFC 4443 3) as an ICMP error holds: addresses,
 * protocol and, where they fit, the ports of TCP, UDP and UDP-Lite, which make it PACKET_TCP,
 * PACKET_UDP or PACKET_UDPLITE; anything else is PACKET_OTHER. Of a TCP header nothing but the
 * ports is read, and `payload` begins with it. A quote is nearly always cut short, so a length
 * beyond its end is no error. False when not even the IP header is whole.
 */
bool packet_decode_quoted(struct packet *packet, struct bytes quoted);

#endif
