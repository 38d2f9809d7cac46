/* Segments that only ask whether the peer is there: what tells them from those that come late. */
#ifndef WIRECHECK_KEEPALIVE_PROBE_H
#define WIRECHECK_KEEPALIVE_PROBE_H

#include "wire/packet.h"
#include "wire/stream.h"

#include <stdbool.h>
#include <stdint.h>

/* When a side sent what: it tells a probe from what comes late, or again. */
struct pace {
	bool has_timestamp;
	uint32_t timestamp; /* the newest that it sent (RFC 7323 3.2) */
	int64_t last;       /* when it sent its last segment; nanoseconds since the epoch */
	int64_t end;        /* when it sent the last of its stream, for the last time */
	int64_t gap;        /* how long that was after the time before; 0: it came once */
	uint64_t began;     /* where the shortest began that brought that end; a relative number */
};

/* Takes in that the side sent a segment. */
void pace_note(struct pace *pace, const struct packet *packet, int64_t time);

/* And that the last that it sent so far is in it: from which number on, and whether once more. */
void pace_note_end(struct pace *pace, int64_t time, uint64_t began, bool repeated);

/* Whether a side that sent the end of its stream, and saw no ACK of it, may yet send it again. */
bool pace_may_repeat(const struct pace *pace, int64_t time);

/* What a segment asks of its receiver. */
enum probe {
	PROBE_NONE,
	PROBE_KEEPALIVE, /* whether it is there (RFC 9293 3.8.4) */
	PROBE_WINDOW,    /* whether it has room again (RFC 9293 3.8.6.1) */
};

/*
 * What a segment asks, before it is taken in. `*garbage`: its byte, if it has one, is no part of
 * the stream.
 */
enum probe probe_of(const struct stream *own, const struct stream *peer, const struct pace *pace,
	const struct packet *packet, int64_t time, bool *garbage);

#endif
