/* What verbs about the segments of a connection share: finding one, waiting for it, noting it. */
#include "verbs/segment_search.h"

#include "worker/context.h"

void segments_look_at(struct connection *connection)
{
	must_settle();
	connection->looked_at = true;
}

enum outlook segments_wait(
	struct connection *connection, enum outlook (*look)(void *argument), void *argument)
{
	connection->looked_at = true;
	return settle_until(look, argument);
}

enum outlook segments_unless_over(const struct connection *connection)
{
	return connection->has_reset || connection_closed_in_order(connection) ? NEVER : NOT_YET;
}

bool segment_has_data(const struct segment *segment)
{
	return segment->length > 0 && segment->probe == PROBE_NONE && !segment->ignored &&
	       !(segment->flags & TCP_RST);
}

bool segment_has_fin(const struct segment *segment)
{
	return (segment->flags & TCP_FIN) != 0 && !segment->ignored;
}

bool segment_has_syn(const struct segment *segment)
{
	return (segment->flags & TCP_SYN) != 0;
}

const struct segment *segment_from(
	const struct connection *connection, size_t start, enum side side, segment_test is)
{
	for (size_t i = start; i < connection->segment_count; i++)
		if (connection->segments[i].from == side && is(&connection->segments[i]))
			return &connection->segments[i];
	return NULL;
}

size_t segment_after(const struct connection *connection, const struct segment *segment)
{
	return (size_t)(segment - connection->segments) + 1;
}

void segment_note(
	const struct connection *connection, enum side side, const struct segment *found, bool held)
{
	if (found != NULL)
		context_note(found->packet, held);
	else if (!held)
		context_note(connection_last_packet(connection, side), false);
}

void segments_note(const struct connection *connection, uint8_t flags, bool held)
{
	bool noted = held;

	for (size_t i = 0; i < connection->segment_count; i++)
		if ((connection->segments[i].flags & flags) == flags) {
			context_note(connection->segments[i].packet, held);
			noted = true;
		}
	if (!noted)
		context_note(connection->segments[connection->segment_count - 1].packet, false);
}

bool segment_expect(const struct connection *connection, enum side side,
	const struct segment *found, const char *what)
{
	bool held = expect_that(found != NULL, "expected %s, found none", what);

	segment_note(connection, side, found, held);
	return held;
}

enum outlook segment_look_for(void *argument)
{
	const struct awaited_segment *awaited = argument;
	const struct connection *connection = awaited->connection;
	size_t start = 0;

	if (awaited->is_before != NULL) {
		const struct segment *before =
			segment_from(connection, 0, awaited->side_before, awaited->is_before);
		if (before == NULL)
			return segments_unless_over(connection);
		start = segment_after(connection, before);
	}
	return segment_from(connection, start, awaited->side, awaited->is) != NULL
		       ? AS_EXPECTED
		       : segments_unless_over(connection);
}
