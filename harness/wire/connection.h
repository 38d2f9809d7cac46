/* One TCP connection: segments in, two byte streams and facts out. Pure. */
#ifndef WIRECHECK_CONNECTION_H
#define WIRECHECK_CONNECTION_H

#include "base/side.h"
#include "wire/segment_acceptance.h"
#include "wire/packet.h"
#include "wire/keepalive_probe.h"
#include "wire/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a segment means is decided by these rules:
 *
 * - A side's numbers start at its SYN. Without that, an ACK of what the peer sent tells them, or,
 *   where the capture began too late, the first segment. A RST's may be made up for it, and an ACK
 *   of something else is of an older connection (RFC 9293 3.10.7.1, 3.10.7.3; RFC 5961 4).
 * - A SYN+ACK answers a SYN if it acknowledges that, with the data it has or without (RFC 9293 3.5;
 *   RFC 7413 2). One with other numbers counts instead, as long as nothing of the first was
 *   acknowledged: a listener that began again sends it; which of the two it is says the first ACK.
 *   Later it is dropped (RFC 5961 4.2).
 * - A SYN crosses the peer's only as long as the peer may still send its own again (RFC 9293 3.5).
 *   If the peer then answers as one that has given its own up, the SYN is another connection's.
 *   So is the same SYN again, once the connection that it opened is over.
 * - A RST is taken by a receiver that expects its number next, or, before it knows numbers, if it
 *   acknowledges the SYN; all others are ignored (RFC 9293 3.10.7.3, 3.10.7.4; RFC 5961 3.2).
 *   Which number is next is not known better than that it was sent, and not acknowledged before.
 * - What lies behind all that was sent so far, and out of the window, is dropped and no part of a
 *   stream (RFC 9293 3.10.7.4). Which window there is only both SYNs tell. If it is acknowledged
 *   after all, the capture lacks what came between.
 * - Bytes in a RST tell why it was sent and are no part of a stream (RFC 9293 3.5.3).
 * - What an ACK acknowledges may come behind it in the capture. What never comes was sent all the
 *   same: the capture lacks it.
 * - A probe has no byte, or a wrong one, at a number that was acknowledged already, and its sender
 *   knows that (RFC 9293 3.8.4; RFC 1122 4.2.3.6). Or it is the one byte that the peer's window
 *   has no room for (RFC 9293 3.8.6.1). An ACK that its own sender's next byte or FIN overtook
 *   stands at such a number, too, where that byte or FIN began: but it was sent before, and a probe
 *   comes after a while. One right byte is sent again because its ACK got lost, unless nothing was
 *   sent for longer than a retransmission takes (RFC 6298 2, 5.5).
 * - A segment is at most as long as the MSS in its receiver's SYN (RFC 9293 3.7.1). A longer one is
 *   several, which the kernel handed over as one.
 */

/* The largest that a window can be (RFC 7323 2.3). */
#define WINDOW_MAXIMUM (INT64_C(1) << 30)

/* TCP: CLIENT sent the SYN, SERVER answered it. UDP: SERVER is the side on the case's port. */
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
	enum probe probe;
	bool is_long; /* longer than its receiver's MSS: on no wire it is one (RFC 9293 3.7.1) */
	bool ignored; /* its receiver drops it (RFC 9293 3.10.7.3, 3.10.7.4) */
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
	struct pace paces[2];
	struct segment *segments; /* in the order of the capture */
	size_t segment_count, segment_capacity;
	struct dropped dropped;
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

/* Index of the last packet that a side sent on it, or of the last at all when it sent none. */
uint32_t connection_last_packet(const struct connection *connection, enum side side);

/* Whether both sides sent a FIN and each FIN was acknowledged (RFC 9293 3.6). */
bool connection_closed_in_order(const struct connection *connection);

/* Whether a side acknowledged what the other sent and the capture lacks; see stream_lacks. */
bool connection_lacks(
	const struct connection *connection, enum side *sender, uint64_t *first, uint64_t *last);

/* For connections.c, which feeds it: */

/* Who sent it. Of the two ends of a connection with itself, CLIENT. */
enum side connection_side(const struct connection *connection, const struct packet *packet);

/* How the connection opened, by what was seen so far. */
enum opening connection_opening(const struct connection *connection);

/* One without segments yet, but with room for the first, `packet`. NULL without memory. */
struct connection *connection_new(const struct packet *packet);

/* Whether a segment's numbers lie in what this connection has seen; a new one's lie elsewhere. */
bool connection_fits(struct connection *connection, const struct packet *packet, int64_t time);

/* Takes in a segment of it. False when memory ran out; what fitted is kept. */
bool connection_take(
	struct connection *connection, const struct packet *packet, uint32_t index, int64_t time);

/* Frees it, and all that it owns. */
void connection_free(struct connection *connection);

#endif
