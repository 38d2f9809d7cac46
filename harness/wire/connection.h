/* One TCP connection, put together from segments: two byte streams, and facts about them. Pure. */
#ifndef WIRECHECK_CONNECTION_H
#define WIRECHECK_CONNECTION_H

#include "base/side.h"
#include "wire/keepalive_probe.h"
#include "wire/packet.h"
#include "wire/segment_acceptance.h"
#include "wire/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* clang-format off: it takes the indentation away from the items */
/*
 * These rules say what a segment means:
 *
 * - A side's numbers start at its SYN. When there is no SYN, an ACK of what the peer sent tells the
 *   start. When the capture began too late, the first segment tells it. The number of a RST may be
 *   made up. An ACK of something else belongs to an older connection (RFC 9293 3.10.7.1, 3.10.7.3;
 *   RFC 5961 4).
 * - A SYN+ACK answers a SYN if it acknowledges the SYN, with or without the data in the SYN (RFC
 *   9293 3.5; RFC 7413 2). A second SYN+ACK may have other numbers, from a listener that began
 *   again. It counts as long as nothing of the first was acknowledged; the first ACK says which of
 *   the two is the right one. A later one is dropped (RFC 5961 4.2).
 * - A SYN crosses the peer's SYN only while the peer may still send its own SYN again (RFC 9293
 *   3.5). If the peer's answer shows that it has given up its own SYN, the SYN begins another
 *   connection. The same SYN, after the connection that it opened is over, begins another
 *   connection too.
 * - A receiver accepts a RST with the number that it expects next. Before it knows the numbers, it
 *   accepts a RST that acknowledges its SYN. It ignores any other RST (RFC 9293 3.10.7.3, 3.10.7.4;
 *   RFC 5961 3.2). The capture does not show exactly which number is next. It is one that was sent,
 *   and it was not acknowledged before.
 * - A segment that is after all that was sent so far and outside the window is dropped. It is no
 *   part of a stream (RFC 9293 3.10.7.4). Only both SYNs together tell the window. If the segment
 *   is acknowledged after all, the capture lacks what came before it.
 * - Bytes in a RST say why it was sent. They are no part of a stream (RFC 9293 3.5.3).
 * - In a capture, an ACK may come before what it acknowledges. If that never comes, it was sent all
 *   the same: the capture lacks it.
 * - A probe has no byte or a wrong byte, at a number that was acknowledged already, and its sender
 *   knows that (RFC 9293 3.8.4; RFC 1122 4.2.3.6). Or it has the one byte for which the peer's
 *   window has no room (RFC 9293 3.8.6.1). A late ACK may have such a number too: its sender's next
 *   byte or FIN, which began there, overtook it. But it was sent before them, while a probe comes
 *   after some time. One right byte is a retransmission because its ACK got lost, unless nothing
 *   was sent for longer than a retransmission takes (RFC 6298 2, 5.5).
 * - A segment is at most as long as the MSS in its receiver's SYN (RFC 9293 3.7.1). A longer one is
 *   several segments that the kernel handed over as one.
 */
/* clang-format on */

/* The largest possible window (RFC 7323 2.3). */
#define WINDOW_MAXIMUM (INT64_C(1) << 30)

/*
 * One TCP segment as it was seen. Numbers are relative: a SYN has 0, the first data byte 1. A
 * number before that is shown as 0; it may come from an old duplicate, or from a capture that began
 * too late.
 */
struct segment {
	uint32_t packet; /* index of its frame in the capture */
	int64_t time;    /* nanoseconds since the epoch */
	enum side from;
	uint8_t flags;           /* enum tcp_flags */
	uint64_t sequence;       /* relative to the sender's initial sequence number */
	uint64_t acknowledgment; /* relative to the peer's; 0 without TCP_ACK */
	uint32_t window;         /* bytes, scaled if both SYNs agreed on that (RFC 7323 2.2) */
	uint32_t length;         /* payload bytes */
	uint16_t urgent;
	bool repeated; /* it has bytes, SYN or FIN, and all of them were seen before */
	enum probe probe;
	bool is_long; /* longer than its receiver's MSS: on a wire it would be several segments */
	bool ignored; /* its receiver drops it (RFC 9293 3.10.7.3, 3.10.7.4) */
};

enum opening {
	OPENING_UNSEEN,       /* no SYN of the client in the capture */
	OPENING_UNANSWERED,   /* a SYN and nothing else */
	OPENING_HANDSHAKE,    /* SYN, SYN+ACK, ACK (RFC 9293 3.5) */
	OPENING_INCOMPLETE,   /* SYN, SYN+ACK, and no ACK of that */
	OPENING_REFUSED,      /* a RST answered the SYN */
	OPENING_SIMULTANEOUS, /* each sent a SYN before it saw the other's, or a self-connect */
};

/*
 * One connection. CLIENT sent the SYN, SERVER answered it. When the capture has no SYN, the side
 * that is seen first counts as CLIENT. Owned by its table; the pointer stays valid until the table
 * is freed.
 */
struct connection {
	struct stream streams[2]; /* by enum side: what that side sent */
	struct pace paces[2];
	struct segment *segments; /* in the order of the capture */
	size_t segment_count, segment_capacity;
	struct dropped dropped;
	enum opening opening;
	bool has_reset; /* a RST that was not ignored came before it was closed in order */
	enum side reset_from;
	uint32_t reset_packet;
	bool has_fin;
	enum side first_fin_from;
	bool self_connected;      /* both addresses are the same: everything counts as CLIENT's */
	bool looked_at;           /* set by the verbs */
	struct connection *chain; /* for the table: the next one in the same bucket */
};

/* Whether one of the connection's two sides is on this port. */
bool connection_has_port(const struct connection *connection, uint16_t port);

/* Index of the last packet that a side sent. When it sent none, that of the last packet of both. */
uint32_t connection_last_packet(const struct connection *connection, enum side side);

/* Whether both sides sent a FIN and each FIN was acknowledged (RFC 9293 3.6). */
bool connection_closed_in_order(const struct connection *connection);

/* Whether the capture lacks bytes of `*sender` that its peer acknowledged; see stream_lacks. */
bool connection_lacks(
	const struct connection *connection, enum side *sender, uint64_t *first, uint64_t *last);

/* The functions below are for connections.c. */

/* The side that sent a segment. In a connection with itself it is CLIENT. */
enum side connection_side(const struct connection *connection, const struct packet *packet);

/* How the connection opened, by what was seen so far. */
enum opening connection_opening(const struct connection *connection);

/*
 * A new connection on the addresses of `packet`, with room for that segment, but without it. NULL
 * when memory ran out.
 */
struct connection *connection_new(const struct packet *packet);

/* Whether the numbers of a segment fit what was seen of this connection. */
bool connection_fits(struct connection *connection, const struct packet *packet, int64_t time);

/* Adds a segment. False when memory ran out; then a part of it may be missing. */
bool connection_take(
	struct connection *connection, const struct packet *packet, uint32_t index, int64_t time);

/* Frees the connection and all that it owns. */
void connection_free(struct connection *connection);

#endif
