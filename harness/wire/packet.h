/* A decoded packet: its headers, and what it carries. Tested by test_decode.c. */
#ifndef WIRECHECK_PACKET_H
#define WIRECHECK_PACKET_H

#include "base/address.h"
#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

enum packet_kind {
	PACKET_TCP,
	PACKET_UDP,
	PACKET_UDPLITE,
	PACKET_ICMP,     /* ICMPv4 and ICMPv6 */
	PACKET_FRAGMENT, /* a part of an IP datagram; `payload` is that part */
	PACKET_OTHER,    /* none of the above, and well formed as far as it was read */
	PACKET_BAD,      /* cut short, or it contradicts itself; `problem` says how */
};

/* The flags of a TCP header: the bits of its 14th byte (RFC 9293 3.1). */
enum tcp_flags {
	TCP_FIN = 0x01,
	TCP_SYN = 0x02,
	TCP_RST = 0x04,
	TCP_PSH = 0x08,
	TCP_ACK = 0x10,
	TCP_URG = 0x20,
	TCP_ECE = 0x40,
	TCP_CWR = 0x80,
};

/*
 * Options of a TCP header (RFC 9293 3.2, RFC 7323 2.2 and 3.2, RFC 2018 2). An option that is
 * absent leaves its has_ false.
 */
struct tcp_options {
	bool has_mss, has_window_scale, has_sack_permitted, has_timestamps;
	uint16_t mss;
	uint8_t window_scale; /* the shift count, at most 14 (RFC 7323 2.3) */
	uint32_t timestamp, timestamp_echo;
};

struct tcp_header {
	uint32_t sequence, acknowledgment;
	uint8_t flags;
	uint16_t window; /* as sent, not scaled */
	uint16_t urgent;
	struct tcp_options options;
};

/* RFC 3828 3.1. */
struct udplite_header {
	uint32_t coverage; /* how many bytes the checksum covers, from the header's first on */
};

struct icmp_header {
	uint8_t type, code;
	uint32_t rest; /* the second word of the header; in some messages the next hop's MTU */
	struct bytes quoted; /* of an error: the beginning of the IP packet that caused it */
};

struct ip_fragment {
	uint32_t id;
	uint32_t offset; /* bytes from the start of the datagram's payload */
	bool more;       /* another fragment follows */
};

/*
 * Views point into the frame that was decoded and are valid as long as it is. In a PACKET_BAD, the
 * fields after `problem` have what was read before the problem; the rest is zero, and the payload
 * is empty.
 */
struct packet {
	enum packet_kind kind;
	const char *problem;     /* static text for PACKET_BAD and PACKET_OTHER, otherwise NULL */
	struct address from, to; /* port 0: the kind has no ports; version 0: not read */
	uint8_t protocol;        /* IPPROTO_…, when an IP header was read */
	uint8_t hop_limit;       /* TTL in IPv4 */
	bool dont_fragment;      /* IPv4 DF */
	struct ip_fragment fragment;
	union {
		struct tcp_header tcp;
		struct udplite_header udplite;
		struct icmp_header icmp;
	};
	struct bytes transport; /* from the header above IP on; empty: not read */
	struct bytes payload;   /* what the last header that was read carries */
};

/* Whether it is an ICMP error about a packet, and not a query or other information. */
bool packet_is_icmp_error(const struct packet *packet);

/*
 * Whether it is a part of an IP datagram. A fragment at offset 0 with no more to follow is a whole
 * datagram (RFC 6946).
 */
bool packet_is_fragment(const struct packet *packet);

#endif
