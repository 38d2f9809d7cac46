/* Decodes one frame: its headers and its payload. Pure: no files, no printing, no globals. */
#ifndef WIRECHECK_DECODE_H
#define WIRECHECK_DECODE_H

#include "wire/packet.h"

/*
 * Decodes an Ethernet frame (RFC 894, RFC 2464, IEEE 802.1Q, RFC 1042). `frame` is what was
 * captured of it, and `wire_length` its length on the wire. A frame that the capture cut short is
 * PACKET_BAD. Checksums are not checked: on loopback the kernel leaves them partial. Nothing in the
 * frame is trusted.
 */
void packet_decode(struct packet *packet, struct bytes frame, size_t wire_length);

/*
 * Decodes the payload of an IP datagram that was put together from fragments. `first` is the
 * decoded fragment at offset 0, and `whole` is the whole payload. The views in the result point
 * into `whole`.
 */
void packet_decode_whole(struct packet *packet, const struct packet *first, struct bytes whole);

/*
 * Whether the result of packet_decode_whole is no PACKET_BAD and has no wrong checksum. Fragments
 * of two datagrams, put together, are most likely wrong in one of these ways.
 */
bool packet_is_intact(const struct packet *packet, const struct packet *first, struct bytes whole);

/*
 * Decodes the beginning of an IP packet that an ICMP error quotes (RFC 792, RFC 4443 3): its
 * addresses and its protocol. If the ports of TCP, UDP or UDP-Lite are there too, it is PACKET_TCP,
 * PACKET_UDP or PACKET_UDPLITE; otherwise it is PACKET_OTHER. Of a TCP header only the ports are
 * read, and `payload` begins with that header. A quoted packet is nearly always cut short, so a
 * length beyond its end is no problem. False when even the IP header is not whole.
 */
bool packet_decode_quoted(struct packet *packet, struct bytes quoted);

#endif
