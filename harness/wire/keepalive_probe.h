/*
 * Keepalives and window probes: how they differ from segments that come late or again.
 *
 * Tested by test_doubts.c.
 */
#ifndef WIRECHECK_KEEPALIVE_PROBE_H
#define WIRECHECK_KEEPALIVE_PROBE_H

#include "wire/packet.h"
#include "wire/stream.h"

#include <stdbool.h>
#include <stdint.h>

/* When a side sent what. Times are nanoseconds since the epoch. */
struct pace {
	bool has_timestamp;
	uint32_t timestamp; /* the newest that it sent (RFC 7323 3.2) */
	int64_t last;       /* when it sent its last segment */
	int64_t end;        /* when it last sent the end of its stream so far */
	int64_t gap;        /* how long that was after it sent the same end before; 0: it did not */
	uint64_t began; /* the relative number at which the shortest segment to that end began */
};

/* The side sent a segment. */
void pace_note(struct pace *pace, const struct packet *packet, int64_t time);

/*
 * That segment has the end of the side's stream so far. It began at the relative number `began`,
 * and `repeated` is whether all of it was sent before.
 */
void pace_note_end(struct pace *pace, int64_t time, uint64_t began, bool repeated);

/* Whether the side, if it saw no ACK of the end of its stream, may still send it again. */
bool pace_may_repeat(const struct pace *pace, int64_t time);

/* What a segment asks of its receiver. */
enum probe {
	PROBE_NONE,
	PROBE_KEEPALIVE, /* whether it is still there (RFC 9293 3.8.4) */
	PROBE_WINDOW,    /* whether it has room again (RFC 9293 3.8.6.1) */
};

/*
 * What a segment asks, by what came before it. `*garbage` is whether its byte, if it has one, is no
 * part of the stream.
 */
enum probe probe_of(const struct stream *own, const struct stream *peer, const struct pace *pace,
	const struct packet *packet, int64_t time, bool *garbage);

#endif
