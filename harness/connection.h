/* One TCP connection: segments in, two byte streams and facts out. Pure. */
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
	bool repeated; /* of its stream: has length, SYN or FIN, and all of that was seen before */
	bool probe;    /* of an idle peer or of its closed window (RFC 9293 3.8.4, 3.8.6.1) */
	bool is_long;  /* longer than its receiver's MSS: on no wire it is one (RFC 9293 3.7.1) */
	bool ignored;  /* a RST that its receiver does not take (RFC 9293 3.10.7.3, 3.10.7.4) */
};

enum opening {
	OPENING_UNSEEN,       /* no SYN of the client in the capture */
	OPENING_UNANSWERED,   /* a SYN and nothing else */
	OPENING_HANDSHAKE,    /* SYN, SYN+ACK, ACK (RFC 9293 3.5) */
	OPENING_INCOMPLETE,   /* SYN, SYN+ACK, and no ACK of it */
	OPENING_REFUSED,      /* the SYN was answered by RST */
	OPENING_SIMULTANEOUS, /* both sent a SYN before they saw the other's, or a self-connect */
};

/* When a side sent what: it tells a probe from what comes late, or again. */
struct pace {
	bool has_timestamp;
	uint32_t timestamp; /* the newest that it sent (RFC 7323 3.2) */
	int64_t last;       /* when it sent its last segment; nanoseconds since the epoch */
	int64_t end;        /* when it sent the last of its stream, for the last time */
	int64_t gap;        /* how long that was after the time before; 0: it came once */
};

/*
 * One connection. Owned by its table; the pointer stays good until the table is freed. Without a
 * SYN in the capture, whoever is seen first counts as CLIENT.
 */
struct connection {
	struct stream streams[2]; /* by enum side: what that side sent */
	struct pace paces[2];
	struct segment *segments; /* in the order of the capture */
	size_t segment_count, segment_capacity;
	enum opening opening;
	bool has_reset; /* by a RST that was not ignored, before it was closed in order */
	enum side reset_from;
	uint32_t reset_packet;
	bool has_fin;
	enum side first_fin_from;
	bool self_connected;      /* both addresses are the same: everything counts as CLIENT's */
	bool looked_at;           /* kept by the expectations; false until then */
	struct connection *chain; /* the table's: the next one in the same bucket */
};

/* Whether one of the connection's two sides is on this port. */
bool connection_has_port(const struct connection *connection, uint16_t port);

/* Whether both sides sent a FIN and each FIN was acknowledged (RFC 9293 3.6). */
bool connection_closed_in_order(const struct connection *connection);

/* Whether a side acknowledged what the other sent and the capture lacks; see stream_lacks. */
bool connection_lacks(
	const struct connection *connection, enum side *sender, uint64_t *first, uint64_t *last);

/* For connections.c, which feeds it: */

/* One without segments yet, but with room for the first, `packet`. NULL without memory. */
struct connection *connection_new(const struct packet *packet);

/* Whether a segment's numbers lie in what this connection has seen; a new one's lie elsewhere. */
bool connection_fits(struct connection *connection, const struct packet *packet, int64_t time);

/*
 * Whether CLIENT answers SERVER's SYN as one that has given its own up: then that SYN belongs to
 * another connection, of which connection_split makes what there is. NULL without memory.
 */
bool connection_was_given_up(struct connection *connection, const struct packet *packet);
struct connection *connection_split(struct connection *connection, const struct packet *packet);

/* Takes in a segment of it. False when memory ran out; what fitted is kept. */
bool connection_take(
	struct connection *connection, const struct packet *packet, uint32_t index, int64_t time);

void connection_free(struct connection *connection);

#endif
