/* Which segments the receiver accepts, and which it drops. Pure. Tested by test_doubts.c. */
#ifndef WIRECHECK_SEGMENT_ACCEPTANCE_H
#define WIRECHECK_SEGMENT_ACCEPTANCE_H

#include "wire/packet.h"
#include "wire/stream.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct connection;
struct segment;

/*
 * Segments that the receiver seems to drop, by what the capture has shown so far. A zeroed
 * structure has none. The owner frees `list`.
 */
struct dropped {
	struct dropped_segment *list;
	size_t count, capacity;
};

/* At most this many are kept for a connection. Further ones stay dropped. */
#define DROPPED_MAXIMUM 1024

/* Whether a side may be at this number, by what it sent and by what its peer allowed it to send. */
bool acceptance_reaches(const struct stream *own, int64_t relative);

/*
 * Whether the receiver drops a segment with the number `relative` (RFC 9293 3.10.7.3, 3.10.7.4; RFC
 * 5961 3.2, 4.2).
 */
bool acceptance_drops(const struct stream *own, const struct stream *peer,
	const struct packet *packet, int64_t relative);

/*
 * Keeps a dropped segment of the connection. `payload` must stay valid as long as the connection.
 * False when memory ran out.
 */
bool dropped_keep(
	struct connection *connection, const struct segment *segment, struct bytes payload);

/*
 * Adds the kept segments that this segment acknowledges: they were not dropped. The capture lacks
 * what came before them, and the ACKs that allowed them. `fits` is acceptance_reaches for the
 * segment itself. False when memory ran out.
 */
bool dropped_recover(struct connection *connection, const struct segment *segment, bool fits);

#endif
