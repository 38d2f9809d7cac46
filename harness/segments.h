/* What verbs about the segments of a connection share: finding one, waiting for it, noting it. */
#ifndef WIRECHECK_SEGMENTS_H
#define WIRECHECK_SEGMENTS_H

#include "connection.h"
#include "results.h"
#include "settle.h"

#include <stdbool.h>
#include <stddef.h>

/* Begins an expectation about a connection, on what is on the wire now. */
void look_at(const struct place *place, struct connection *connection);

/* Begins one about what a program is to make come: waits for it (settle_until). */
void wait_to_look_at(const struct place *place, struct connection *connection,
	enum outlook (*look)(void *argument), void *argument);

/* What a wait looks for may come, unless the connection is over. */
enum outlook unless_over(const struct connection *connection);

/* Which segments an expectation is about. */
typedef bool (*kind)(const struct segment *segment);

/* Bytes that are part of the stream. */
bool has_data(const struct segment *segment);
bool has_syn(const struct segment *segment);
bool has_fin(const struct segment *segment);

/* The next segment of that kind from that side, at index `start` or behind it; NULL: none. */
const struct segment *segment_from(
	const struct connection *connection, size_t start, enum side side, kind is);

/* The index behind a segment. */
size_t place_behind(const struct connection *connection, const struct segment *segment);

/* A segment of some kind from a side, behind the first of another kind from another. */
struct awaited_segment {
	const struct connection *connection;
	enum side side;
	kind is;
	kind is_before; /* NULL: anywhere */
	enum side side_before;
};

/* Looks for it; the argument is a struct awaited_segment. */
enum outlook look_for_segment(void *argument);

/* Notes the segment that was looked for, or, where there is none, the last of who was to send it.
 */
void note_segment(const struct connection *connection, enum side side, const struct segment *found,
	bool held);

/*
 * Notes the segments that have all of `flags`, from the one side or from both. Of a failure that
 * is about there being none, the last segment.
 */
void note_segments(const struct connection *connection, uint8_t flags, bool held);

/* Records whether there is such a segment of that side, `what`, and notes it. */
bool expect_segment(const struct connection *connection, enum side side,
	const struct segment *found, const char *what);

#endif
