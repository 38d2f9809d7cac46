/* All datagrams and ICMP errors of a capture; IP fragments are put together. Pure. */
#ifndef WIRECHECK_DATAGRAM_H
#define WIRECHECK_DATAGRAM_H

#include "base/side.h"
#include "wire/fragment_table.h"
#include "wire/packet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What becomes of a datagram on purpose, after it was sent. Of several the last here counts. */
enum fate {
	FATE_ARRIVES,
	FATE_LATE,
	FATE_OVERTAKEN, /* it arrives after the next one */
	FATE_LOST,
};

/*
 * One whole datagram of UDP or UDP-Lite. Owned by its table; the pointer stays valid until the
 * table is freed.
 */
struct datagram {
	uint8_t protocol;  /* IPPROTO_UDP or IPPROTO_UDPLITE */
	uint32_t coverage; /* of UDP-Lite, as in struct udplite_header */
	struct address from, to;
	struct bytes payload; /* in the frame; that of fragments is in memory of the table */
	uint32_t *packets;    /* indices of its frames in the capture: one for each fragment */
	uint32_t *offsets;   /* of the fragments, in bytes and ascending; NULL when it came whole */
	size_t packet_count; /* length of both */
	uint32_t packet;     /* `packets` points here when it came whole */
	int64_t time;        /* of the frame that completed it; nanoseconds since the epoch */
	bool looked_at;      /* set by the verbs */
	enum fate fate;      /* set by the disturbances of a case */
	unsigned late;       /* of FATE_LATE: how many milliseconds it was held back */
};

/* An ICMP error about a packet (RFC 792, RFC 4443). Owned like a datagram. */
struct icmp_error {
	struct address from, to; /* the sender and the receiver of the error; without ports */
	uint8_t type, code;
	uint32_t rest;         /* as in struct icmp_header */
	bool quotes_packet;    /* the next four fields were read from the quoted packet */
	uint8_t protocol;      /* of the quoted packet */
	struct address sender; /* of the quoted packet: it gets the error */
	struct address target; /* of the quoted packet: it was not reached */
	struct bytes
		quoted;  /* the quoted packet after its last readable header; lives as a payload */
	uint32_t packet; /* index in the capture */
	int64_t time;
	bool looked_at;
};

/* All datagrams and errors of a capture, in the order in which they were complete. */
struct datagrams {
	struct datagram **list;
	size_t count, capacity;
	struct icmp_error **errors;
	size_t error_count, error_capacity;
	struct fragment_table fragments; /* those that are in no datagram so far */
	struct whole *wholes;            /* they own the memory of payloads */
	size_t beyond; /* packets left out: a limit was reached, or memory ran out */
};

#define DATAGRAMS_MAXIMUM (1u << 22)

/*
 * Adds a PACKET_UDP, a PACKET_UDPLITE, a PACKET_FRAGMENT or an ICMP error. When a fragment
 * completes an IP datagram that is one of the other three, that is added. When it is something
 * else, `completed` (not NULL) is filled with it and `has_completed` is true: the caller handles
 * it, and its payload is valid as long as the table. The payload of `packet` must stay valid as
 * long as the table. False when the packet was left out.
 */
bool datagrams_add(struct datagrams *datagrams, const struct packet *packet, uint32_t index,
	int64_t time, struct packet *completed, bool *has_completed);

/* Frees everything. A zeroed table may be freed too. */
void datagrams_free(struct datagrams *datagrams);

/* Whether one of the datagram's two sides is on this port. */
bool datagram_has_port(const struct datagram *datagram, uint16_t port);

/* "datagram" or "UDP-Lite datagram". */
const char *datagram_name(uint8_t protocol);

/*
 * The side that sent a datagram of this table. SERVER is the side on the case's port. If both are
 * on it, SERVER is the side to which the other one sent first by this protocol, perhaps by
 * multicast or broadcast.
 */
enum side datagram_sender(
	const struct datagrams *datagrams, const struct datagram *datagram, uint16_t port);

#endif
