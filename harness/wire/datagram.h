/* UDP, UDP-Lite and ICMP packets in, datagrams and errors out; IP fragments put together. Pure. */
#ifndef WIRECHECK_DATAGRAM_H
#define WIRECHECK_DATAGRAM_H

#include "wire/connection.h"
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
 * One datagram of UDP or UDP-Lite, whole. Owned by its table; the pointer stays good until that is
 * freed.
 */
struct datagram {
	uint8_t protocol;  /* IPPROTO_UDP or IPPROTO_UDPLITE */
	uint32_t coverage; /* of UDP-Lite, as in struct udplite_header */
	struct address from, to;
	struct bytes payload; /* in the frame, or for fragments in memory of the table */
	uint32_t *packets;    /* indices of its frames in the capture: one, or one a fragment */
	uint32_t *offsets;   /* of the fragments, in bytes and ascending; NULL when it came whole */
	size_t packet_count; /* length of both */
	uint32_t packet;     /* what `packets` points to when it came whole */
	int64_t time;        /* nanoseconds since the epoch, of the frame that completed it */
	bool looked_at;      /* kept by the expectations; false until then */
	enum fate fate;      /* kept by the disturbances; FATE_ARRIVES until then */
	unsigned late;       /* of FATE_LATE: for how many milliseconds it was held back */
};

/* An ICMP error about a packet: RFC 792, RFC 4443. Owned like a datagram. */
struct icmp_error {
	struct address from, to; /* who sent it and to whom; no ports */
	uint8_t type, code;
	uint32_t rest;         /* as in struct icmp_header */
	bool quotes_packet;    /* the fields below were readable in it */
	uint8_t protocol;      /* of the quoted packet */
	struct address sender; /* of the quoted packet, who is told */
	struct address target; /* of the quoted packet, what could not be reached */
	struct bytes quoted; /* what the quote holds behind its last readable header; as payload */
	uint32_t packet;     /* index in the capture */
	int64_t time;
	bool looked_at;
};

/* All datagrams and errors of a capture, in the order they were complete. */
struct datagrams {
	struct datagram **list;
	size_t count, capacity;
	struct icmp_error **errors;
	size_t error_count, error_capacity;
	struct fragment_table fragments; /* of which nothing became */
	struct whole *wholes;            /* keeps the memory that payloads point into */
	size_t beyond; /* packets left out: a limit was reached or memory ran out */
};

#define DATAGRAMS_MAXIMUM (1u << 22)

/*
 * Takes in a PACKET_UDP, PACKET_UDPLITE, PACKET_FRAGMENT or an ICMP error. A fragment that
 * completes an IP datagram makes it count as what it holds; when that is none of the others,
 * `completed` (not NULL) is filled with it for the caller to deal with, and true is stored in
 * `has_completed`; its payload lives as long as the table. `packet`'s payload must outlive the
 * table. False when it was left out.
 */
bool datagrams_add(struct datagrams *datagrams, const struct packet *packet, uint32_t index,
	int64_t time, struct packet *completed, bool *has_completed);

/* Frees all of it; a zeroed table may be freed too. */
void datagrams_free(struct datagrams *datagrams);

/* Whether one of the datagram's two sides is on this port. */
bool datagram_has_port(const struct datagram *datagram, uint16_t port);

/* "datagram" or "UDP-Lite datagram". */
const char *datagram_name(uint8_t protocol);

/*
 * The side that sent a datagram of this table. SERVER is who is on the case's port. Where both are,
 * it is the one of the two that the other sent to first by this protocol, be it through a group or
 * a broadcast.
 */
enum side datagram_sender(
	const struct datagrams *datagrams, const struct datagram *datagram, uint16_t port);

#endif
