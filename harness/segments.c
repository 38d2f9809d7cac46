/* What verbs about the segments of a connection share: finding one, waiting for it, noting it. */
#include "segments.h"

#include "context.h"

void look_at(const struct place *place, struct connection *connection)
{
	context_at(place);
	must_settle();
	connection->looked_at = true;
}

void wait_to_look_at(const struct place *place, struct connection *connection,
	enum outlook (*look)(void *argument), void *argument)
{
	context_at(place);
	connection->looked_at = true;
	settle_until(look, argument);
}

enum outlook unless_over(const struct connection *connection)
{
	return connection->has_reset || connection_closed_in_order(connection) ? NEVER : NOT_YET;
}

bool has_data(const struct segment *segment)
{
	return segment->length > 0 && segment->probe == NO_PROBE && !segment->ignored &&
	       !(segment->flags & TCP_RST);
}

bool has_fin(const struct segment *segment)
{
	return (segment->flags & TCP_FIN) != 0 && !segment->ignored;
}

bool has_syn(const struct segment *segment)
{
	return (segment->flags & TCP_SYN) != 0;
}

const struct segment *segment_from(
	const struct connection *connection, size_t start, enum side side, kind is)
{
	for (size_t i = start; i < connection->segment_count; i++)
		if (connection->segments[i].from == side && is(&connection->segments[i]))
			return &connection->segments[i];
	return NULL;
}

size_t place_behind(const struct connection *connection, const struct segment *segment)
{
	return (size_t)(segment - connection->segments) + 1;
}

void note_segment(
	const struct connection *connection, enum side side, const struct segment *found, bool held)
{
	if (found != NULL)
		context_note(found->packet, held);
	else if (!held)
		context_note(connection_last_packet(connection, side), false);
}

void note_segments(const struct connection *connection, uint8_t flags, bool held)
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

bool expect_segment(const struct connection *connection, enum side side,
	const struct segment *found, const char *what)
{
	bool held = expect_that(found != NULL, "expected %s, found none", what);

	note_segment(connection, side, found, held);
	return held;
}

enum outlook look_for_segment(void *argument)
{
	const struct awaited_segment *awaited = argument;
	const struct connection *connection = awaited->connection;
	size_t start = 0;

	if (awaited->is_before != NULL) {
		const struct segment *before =
			segment_from(connection, 0, awaited->side_before, awaited->is_before);
		if (before == NULL)
			return unless_over(connection);
		start = place_behind(connection, before);
	}
	return segment_from(connection, start, awaited->side, awaited->is) != NULL
		       ? AS_EXPECTED
		       : unless_over(connection);
}
