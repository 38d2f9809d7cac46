/* TCP segments in, byte streams and facts out. Pure: no files, no printing, no globals. */
#ifndef WIRECHECK_CONNECTION_H
#define WIRECHECK_CONNECTION_H

#include "packet.h"
#include "stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* TCP: CLIENT sent the SYN, SERVER answered it. UDP: SERVER is the side on the case's port. */
enum side { CLIENT, SERVER };

/* "CLIENT" or "SERVER". */
const char *side_name(enum side side);

/* The other one. */
enum side side_peer(enum side side);

/*
 * One TCP segment as it was seen. Numbers are relative: a SYN is 0, the first data byte 1. A number
 * before that (an old duplicate, or data from before a capture that began too late) is shown as 0.
 */
struct segment {
	uint32_t packet; /* index of its frame in the capture */
	int64_t time;    /* nanoseconds since the epoch */
	enum side from;
	uint8_t flags;           /* enum tcp_flags */
	uint64_t sequence;       /* relative to the sender's initial sequence number */
	uint64_t acknowledgment; /* relative to the peer's; 0 without TCP_ACK */
	uint32_t window;         /* bytes, scaled once both SYNs agreed on it (RFC 7323 2.2) */
	uint32_t length;         /* payload bytes */
	uint16_t urgent;
	bool repeated; /* has length, SYN or FIN, and nothing that was not seen before */
	/*
	 * One number before all that its sender sent and its peer acknowledged, and at most one
	 * byte: a keepalive (RFC 9293 3.8.4) or, when the peer's window is 0, a probe of it
	 * (3.8.6.1). The byte may be garbage and is no part of the stream.
	 */
	bool probe;
};

enum opening {
	OPENING_UNSEEN,       /* no SYN of the client in the capture */
	OPENING_UNANSWERED,   /* a SYN and nothing else */
	OPENING_HANDSHAKE,    /* SYN, SYN+ACK, ACK (RFC 9293 3.5) */
	OPENING_INCOMPLETE,   /* SYN, SYN+ACK, and no ACK of it */
	OPENING_REFUSED,      /* the SYN was answered by RST */
	OPENING_SIMULTANEOUS, /* both sent a SYN before they saw the other's, or a self-connect */
};

/*
 * One connection. Owned by its table; the pointer stays good until the table is freed. Without a
 * SYN in the capture, whoever is seen first counts as CLIENT.
 */
struct connection {
	struct stream streams[2]; /* by enum side: what that side sent */
	struct segment *segments; /* in the order of the capture */
	size_t segment_count, segment_capacity;
	enum opening opening;
	bool has_reset; /* before it was closed in order; later, a RST is nobody's decision */
	enum side reset_from;
	uint32_t reset_packet;
	bool has_fin;
	enum side first_fin_from;
	bool self_connected;      /* both addresses are the same: everything counts as CLIENT's */
	bool looked_at;           /* kept by the expectations; false until then */
	struct connection *chain; /* the table's: the next one in the same bucket */
};

/* All connections of a capture, in the order of their first segment. */
struct connections {
	struct connection **list;
	size_t count, capacity;
	size_t segment_count; /* of all connections */
	size_t beyond; /* segments that were left out: a limit was reached or memory ran out */
	struct connection **buckets; /* by both addresses, the newest connection first */
	size_t bucket_count;
};

/* Limits that no loopback case comes near; beyond them segments are counted and left out. */
#define CONNECTIONS_MAXIMUM 65536
#define SEGMENTS_MAXIMUM    (1u << 24)

/*
 * Takes in a PACKET_TCP. A SYN with another initial sequence number on the same addresses and ports
 * starts a new connection; what is still on its way from the one before stays with that. `packet`'s
 * payload must outlive the table. False when it was left out.
 */
bool connections_add(
	struct connections *connections, const struct packet *packet, uint32_t index, int64_t time);

/* Frees all of it; a zeroed table may be freed too. */
void connections_free(struct connections *connections);

/* Whether one of the connection's two sides is on this port. */
bool connection_has_port(const struct connection *connection, uint16_t port);

/* Index of the last packet that a side sent on it, or of the last at all when it sent none. */
uint32_t connection_last_packet(const struct connection *connection, enum side side);

/* Whether both sides sent a FIN and each FIN was acknowledged (RFC 9293 3.6). */
bool connection_closed_in_order(const struct connection *connection);

#endif
