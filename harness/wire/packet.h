/* A packet as it was decoded: its headers, and what it carries. */
#ifndef WIRECHECK_PACKET_H
#define WIRECHECK_PACKET_H

#include "base/address.h"
#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

enum packet_kind {
	PACKET_TCP,
	PACKET_UDP,
	PACKET_UDPLITE,
	PACKET_ICMP,     /* ICMPv4 and ICMPv6 */
	PACKET_FRAGMENT, /* a part of an IP datagram; `payload` is that part */
	PACKET_OTHER,    /* well formed as far as it was read, but none of the above */
	PACKET_BAD,      /* cut short or contradicting itself; `problem` says how */
};

/* RFC 9293 3.1, the flags' bits as in the header's 14th byte. */
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

/* RFC 9293 3.2, RFC 7323 2.2 and 3.2, RFC 2018 2. An absent option leaves its has_ false. */
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
	uint32_t coverage; /* bytes from the header's first on that the checksum is about */
};

struct icmp_header {
	uint8_t type, code;
	uint32_t rest;       /* the header's second word; the next hop's MTU in some messages */
	struct bytes quoted; /* errors: the IP packet that caused them, cut by who quoted it */
};

struct ip_fragment {
	uint32_t id;
	uint32_t offset; /* bytes from the start of the datagram's payload */
	bool more;       /* another fragment follows */
};

/*
 * Views point into the frame that was decoded and live as long as it does. Of a PACKET_BAD, the
 * fields behind `problem` hold what was read before it, the rest is zero; its payload is empty.
 */
struct packet {
	enum packet_kind kind;
	const char *problem;     /* of PACKET_BAD and PACKET_OTHER: static text; otherwise NULL */
	struct address from, to; /* ports are 0 where the kind has none; version 0: not reached */
	uint8_t protocol;        /* IPPROTO_…, once an IP header was read */
	uint8_t hop_limit;       /* TTL in IPv4 */
	bool dont_fragment;      /* IPv4 DF */
	struct ip_fragment fragment;
	union {
		struct tcp_header tcp;
		struct udplite_header udplite;
		struct icmp_header icmp;
	};
	struct bytes transport; /* the upper layer's header and all behind it; empty: not reached */
	struct bytes payload;   /* what the innermost header read carries */
};

/* Whether an ICMP message is an error about a packet, rather than a query or information. */
bool packet_is_icmp_error(const struct packet *packet);

/* Whether it is part of an IP datagram. One at offset 0 with none to follow is whole (RFC 6946). */
bool packet_is_fragment(const struct packet *packet);

#endif
