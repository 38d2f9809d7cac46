/* Verbs about the segments of a connection. */
#include "verbs/segments.h"

#include "verbs/argument_checks.h"
#include "verbs/segment_search.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/joined_packets.h"
#include "worker/settle.h"

#include <inttypes.h>
#include <stdbool.h>

static bool is_urgent(const struct segment *segment)
{
	return (segment->flags & TCP_URG) != 0;
}

/*
 * To the end of how many bytes of the stream the urgent pointer points. The largest pointer means
 * that number or a larger one, for which the field has no room (RFC 9293 3.8.5).
 */
static uint64_t urgent_end(const struct segment *segment)
{
	return segment->sequence + segment->urgent - 1;
}

static bool is_saturated(const struct segment *segment)
{
	return segment->urgent == UINT16_MAX;
}

/* Where urgent data ends, which one side sends. */
struct awaited_urgent {
	const struct connection *connection;
	enum side side;
	uint64_t end;
	const struct segment *found; /* points there, or may mean it */
	const struct segment *other; /* the last that points elsewhere */
};

/* Looks at all that the side has sent: what one segment cannot say, a later one may. */
static enum outlook look_for_urgent(void *argument)
{
	struct awaited_urgent *awaited = argument;
	const struct connection *connection = awaited->connection;
	const struct segment *segment = NULL;
	size_t next = 0;

	awaited->found = awaited->other = NULL;
	while ((segment = segment_from(connection, next, awaited->side, is_urgent)) != NULL) {
		uint64_t found = urgent_end(segment);
		if (found == awaited->end && !is_saturated(segment)) {
			awaited->found = segment;
			return AS_EXPECTED;
		}
		if (is_saturated(segment) && found <= awaited->end)
			awaited->found = segment;
		else
			awaited->other = segment;
		next = segment_after(connection, segment);
	}
	return segments_unless_over(connection);
}

void case_expect_urgent(
	const struct place *place, struct connection *connection, enum side side, uint64_t end)
{
	struct awaited_urgent awaited = {connection, side, end, NULL, NULL};

	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, look_for_urgent, &awaited);
	const struct segment *found = awaited.found, *other = awaited.other;
	if (found != NULL && is_saturated(found) && (other == NULL || is_saturated(other))) {
		context_note_next(found->packet);
		case_over(BROKEN,
			"%s's urgent pointer is 65535, which means %" PRIu64
			" bytes or more, and no segment says more: whether it is %" PRIu64
			" cannot be told",
			side_name(side), urgent_end(found), end);
	}
	if (found == NULL && other == NULL) {
		segment_expect(connection, side, NULL, format("URG from %s", side_name(side)));
		return;
	}
	bool held = found != NULL && !is_saturated(found);
	expect_that(held,
		"expected %s's urgent pointer at the end of %" PRIu64
		" bytes, found it at the end of %" PRIu64 "%s",
		side_name(side), end, held ? end : urgent_end(other),
		!held && is_saturated(other) ? " or more" : "");
	context_note(held ? found->packet : other->packet, held);
}

/* The segment with a side's last byte, as it was sent first; NULL: it sent no data. */
static const struct segment *last_data(const struct connection *connection, enum side side)
{
	const struct segment *last = NULL;

	for (size_t i = 0; i < connection->segment_count; i++) {
		const struct segment *each = &connection->segments[i];
		if (each->from == side && segment_has_data(each) &&
			(last == NULL ||
				each->sequence + each->length > last->sequence + last->length))
			last = each;
	}
	return last;
}

void case_expect_pushed(const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_segment awaited = {connection, side, segment_has_data, NULL, side};

	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, segment_look_for, &awaited);
	const struct segment *last = last_data(connection, side);
	if (last == NULL) {
		expect_that(
			false, "expected data with PSH from %s, found no data", side_name(side));
		segment_note(connection, side, NULL, false);
		return;
	}
	bool held = expect_that((last->flags & TCP_PSH) != 0,
		"expected PSH on the segment with the last byte from %s, found it without",
		side_name(side));
	context_note(last->packet, held);
}

/* When the other side acknowledged all of the segment; -1: never. */
static int64_t acknowledged_after(
	const struct connection *connection, const struct segment *segment)
{
	for (size_t i = segment_after(connection, segment); i < connection->segment_count; i++) {
		const struct segment *each = &connection->segments[i];
		if (each->from != segment->from && (each->flags & TCP_ACK) &&
			each->acknowledgment >= segment->sequence + segment->length)
			return each->time - segment->time;
	}
	return -1;
}

void case_expect_acknowledged_within(const struct place *place, struct connection *connection,
	enum side side, unsigned milliseconds)
{
	must_be_side(place, side);
	context_at(place);
	segments_look_at(connection);
	for (size_t i = 0; i < connection->segment_count; i++) {
		const struct segment *segment = &connection->segments[i];
		if (segment->from != side || !segment_has_data(segment))
			continue;
		int64_t after = acknowledged_after(connection, segment);
		bool held = after >= 0 && after <= (int64_t)milliseconds * 1000000;
		expect_that(held,
			"expected an ACK of bytes %" PRIu64 " to %" PRIu64
			" from %s within %u ms, found %s",
			segment->sequence - 1, segment->sequence + segment->length - 2,
			side_name(side), milliseconds,
			after < 0 ? "none" : format("one after %.3f ms", (double)after / 1e6));
		context_note(segment->packet, held);
	}
}

double case_longest_ack_delay(
	const struct place *place, struct connection *connection, enum side side)
{
	int64_t longest = 0;

	must_be_side(place, side);
	context_at(place);
	segments_look_at(connection);
	for (size_t i = 0; i < connection->segment_count; i++) {
		const struct segment *segment = &connection->segments[i];
		int64_t after = segment->from == side && segment_has_data(segment)
					? acknowledged_after(connection, segment)
					: 0;
		if (after > longest)
			longest = after;
	}
	return (double)longest / 1e6;
}

size_t case_segments_sent(const struct place *place, struct connection *connection, enum side side)
{
	size_t count = 0;

	must_be_side(place, side);
	context_at(place);
	segments_look_at(connection);
	must_tell_segments_apart(connection);
	for (size_t i = 0; i < connection->segment_count; i++)
		count += connection->segments[i].from == side &&
			 segment_has_data(&connection->segments[i]) &&
			 !connection->segments[i].repeated;
	return count;
}
