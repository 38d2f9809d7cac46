/* Which segments their receiver takes, and which it drops. Pure. */
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
 * What segments carry that their receiver drops, as far as the capture has shown yet. Zeroed, there
 * are none; `list` is the owner's to free.
 */
struct dropped {
	struct dropped_segment *list;
	size_t count, capacity;
};

/* So many are kept for a connection; what is dropped besides stays so. */
#define DROPPED_MAXIMUM 1024

/* Whether a side may have come to this number, by what it sent and what its peer let it send. */
bool acceptance_reaches(const struct stream *own, int64_t relative);

/*
 * Whether the receiver drops a segment, whatever that carries (RFC 9293 3.10.7.3, 3.10.7.4; RFC
 * 5961 3.2, 4.2). `relative` is its number.
 */
bool acceptance_drops(const struct stream *own, const struct stream *peer,
	const struct packet *packet, int64_t relative);

/*
 * Keeps a segment of the connection that is dropped. `payload` must outlive the connection. False
 * when memory ran out.
 */
bool dropped_keep(
	struct connection *connection, const struct segment *segment, struct bytes payload);

/*
 * Takes in what was kept and this segment acknowledges: it was not dropped, but the capture lacks
 * what came before it and the ACKs that let it be sent. `fits`: acceptance_reaches of the segment
 * itself. False when memory ran out.
 */
bool dropped_recover(struct connection *connection, const struct segment *segment, bool fits);

#endif
