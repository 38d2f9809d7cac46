/*
 * What verbs about the segments of a connection share: finding one, waiting for it, noting it.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_SEGMENT_SEARCH_H
#define WIRECHECK_SEGMENT_SEARCH_H

#include "base/side.h"
#include "wire/connection.h"
#include "worker/settle.h"

#include <stdbool.h>
#include <stddef.h>

/* Begins an expectation about a connection, on what is on the wire now. */
void segments_look_at(struct connection *connection);

/* Begins one about what a program is to make come: waits for it, as settle_until does. */
enum outlook segments_wait(
	struct connection *connection, enum outlook (*look)(void *argument), void *argument);

/* What a wait looks for may come, unless the connection is over. */
enum outlook segments_unless_over(const struct connection *connection);

/* Whether a segment is one of those that an expectation is about. */
typedef bool (*segment_test)(const struct segment *segment);

/* Tests: whether it has bytes that are part of the stream, a SYN, a FIN that its receiver takes. */
bool segment_has_data(const struct segment *segment);
bool segment_has_syn(const struct segment *segment);
bool segment_has_fin(const struct segment *segment);

/* The next segment of that kind from that side, at index `start` or after it; NULL: none. */
const struct segment *segment_from(
	const struct connection *connection, size_t start, enum side side, segment_test is);

/* The index after a segment. */
size_t segment_after(const struct connection *connection, const struct segment *segment);

/* A segment of some kind from a side, after the first of another kind from another. */
struct awaited_segment {
	const struct connection *connection;
	enum side side;
	segment_test is;
	segment_test is_before; /* NULL: anywhere */
	enum side side_before;
};

/* Looks for it; the argument is a struct awaited_segment. */
enum outlook segment_look_for(void *argument);

/* Notes the segment that was looked for. Where a failure has none: the last one of that side. */
void segment_note(const struct connection *connection, enum side side, const struct segment *found,
	bool held);

/*
 * Notes the segments that have all of `flags`, from the one side or from both. Of a failure that
 * is about there being none, the last segment.
 */
void segments_note(const struct connection *connection, uint8_t flags, bool held);

/* Records whether there is such a segment of that side, `what`, and notes it. */
bool segment_expect(const struct connection *connection, enum side side,
	const struct segment *found, const char *what);

#endif
