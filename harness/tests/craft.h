/* Builds frames for tests, layer by layer: craft_ethernet(…, craft_ipv4(…, craft_udp(…))). */
#ifndef WIRECHECK_CRAFT_H
#define WIRECHECK_CRAFT_H

#include "base/buffer.h"
#include "wire/packet.h"

#include <stdint.h>

/* Every result is a block of memory of exactly its length, good until craft_free. */
void craft_free(void);

/* A number, or bytes, written over the original's at `offset`. */
struct bytes craft_with(struct bytes original, size_t offset, size_t width, uint32_t value);

/* The first `length` bytes. */
struct bytes craft_cut(struct bytes original, size_t length);

/* One after the other. */
struct bytes craft_join(struct bytes a, struct bytes b);

/* Bytes that differ from their neighbours: 0, 1, 2, … with a step at every 256. */
struct bytes craft_pattern(size_t length);

#define CRAFT_IPV4 0x0800
#define CRAFT_IPV6 0x86dd
#define CRAFT_VLAN 0x8100
struct bytes craft_ethernet(uint16_t type, struct bytes payload);

/* A VLAN tag behind the two addresses, or behind the tags that are there. */
struct bytes craft_tag(uint16_t type, struct bytes frame);

/* 802.2's headers in front of a payload with this EtherType; the frame's type is its length. */
struct bytes craft_snap(uint16_t type, struct bytes payload);

/* Addresses left out are 10.0.0.1 and 10.0.0.2, or fd00::1 and fd00::2. */
struct craft_ip {
	uint8_t protocol; /* or the first extension header's */
	const char *from, *to;
	struct bytes options;        /* IPv4: a multiple of 4 bytes */
	struct ip_fragment fragment; /* IPv4; see craft_fragment */
	bool dont_fragment;          /* IPv4 */
};

struct bytes craft_ipv4(struct craft_ip ip, struct bytes payload);
struct bytes craft_ipv6(struct craft_ip ip, struct bytes payload);

/* Hop-by-hop options, routing and destination options: `length` bytes, a multiple of 8. */
struct bytes craft_extension(uint8_t next, size_t length, struct bytes payload);

/* Hop-by-hop options of 8 bytes: that of a jumbogram, with this length. */
struct bytes craft_jumbo(uint8_t next, uint32_t length, struct bytes payload);

/* IPv6's fragment header. */
struct bytes craft_fragment(uint8_t next, struct ip_fragment fragment, struct bytes payload);

struct craft_tcp {
	uint16_t from, to; /* ports */
	uint32_t sequence, acknowledgment;
	uint8_t flags;
	uint16_t window, urgent;
	struct bytes options; /* a multiple of 4 bytes */
};

struct bytes craft_tcp(struct craft_tcp tcp, struct bytes payload);

/* The same as a decoded PACKET_TCP between ports of 127.0.0.1; `text` is what it carries. */
struct packet craft_segment(struct craft_tcp tcp, const char *text);

struct bytes craft_udp(uint16_t from, uint16_t to, struct bytes payload);
struct bytes craft_icmp(uint8_t type, uint8_t code, uint32_t rest, struct bytes payload);

/* `length` bytes from `offset` on of an IP packet's payload, as a decoded PACKET_FRAGMENT. */
struct packet craft_part(
	struct bytes whole, uint8_t protocol, uint32_t id, size_t offset, size_t length);

/* The next of a fixed series of numbers (xorshift, 32 bits); `state` starts with any but 0. */
uint32_t craft_random(uint32_t *state);

#endif
