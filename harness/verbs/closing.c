/* Verbs about how a connection closed, or was reset. */
#include "verbs/closing.h"

#include "verbs/argument_checks.h"
#include "verbs/reset_text.h"
#include "verbs/segment_search.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/settle.h"

#include <stdbool.h>

/* Notes the RST that nobody wanted, if one ended the connection. */
static void note_reset(const struct connection *connection)
{
	if (connection->has_reset)
		context_note(connection->reset_packet, false);
}

void case_expect_open(const struct place *place, struct connection *connection)
{
	context_at(place);
	segments_look_at(connection);
	bool open = !connection->has_fin && !connection->has_reset;
	expect_that(open, "expected no FIN and no RST so far, found %s from %s",
		connection->has_fin ? "FIN" : "RST",
		connection->has_fin     ? side_name(connection->first_fin_from)
		: connection->has_reset ? reset_text(connection)
					: "");
	if (connection->has_fin)
		segments_note(connection, TCP_FIN, false);
	note_reset(connection);
}

static enum outlook look_for_end(void *argument)
{
	const struct connection *connection = argument;

	if (connection_closed_in_order(connection))
		return AS_EXPECTED;
	return connection->has_reset ? NEVER : NOT_YET;
}

void case_expect_closed(const struct place *place, struct connection *connection)
{
	context_at(place);
	const struct stream *client = &connection->streams[CLIENT];
	const struct stream *server = &connection->streams[SERVER];

	segments_wait(connection, look_for_end, connection);
	bool held = expect_that(connection_closed_in_order(connection),
		"expected a FIN from both sides and an ACK of each, found %s%s%s%s%s",
		client->has_fin ? "CLIENT's FIN" : "no FIN of CLIENT",
		server->has_fin ? ", SERVER's FIN" : ", no FIN of SERVER",
		client->has_fin && server->has_fin ? ", not both acknowledged" : "",
		connection->has_reset ? ", and RST from " : "",
		connection->has_reset ? reset_text(connection) : "");
	segments_note(connection, TCP_FIN, held);
}

static enum outlook look_for_first_fin(void *argument)
{
	const struct connection *connection = argument;

	return connection->has_fin || connection->has_reset ? AS_EXPECTED : NOT_YET;
}

void case_expect_closed_first(
	const struct place *place, struct connection *connection, enum side side)
{
	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, look_for_first_fin, connection);
	bool held = expect_that(connection->has_fin && connection->first_fin_from == side,
		"expected %s to send its FIN first, found %s", side_name(side),
		connection->has_fin ? side_name(connection->first_fin_from) : "no FIN at all");
	segments_note(connection, TCP_FIN, held);
}

void case_expect_no_reset(const struct place *place, struct connection *connection)
{
	context_at(place);
	segments_look_at(connection);
	expect_that(!connection->has_reset, "expected no RST, found one from %s",
		connection->has_reset ? reset_text(connection) : "");
	note_reset(connection);
}

static enum outlook look_for_reset(void *argument)
{
	const struct connection *connection = argument;

	return connection->has_reset ? AS_EXPECTED : segments_unless_over(connection);
}

static enum outlook look_for_both_fins(void *argument)
{
	const struct connection *connection = argument;

	if (connection->streams[CLIENT].has_fin && connection->streams[SERVER].has_fin)
		return AS_EXPECTED;
	return segments_unless_over(connection);
}

static bool is_ignored_reset(const struct segment *segment)
{
	return (segment->flags & TCP_RST) && segment->ignored;
}

void case_expect_reset(const struct place *place, struct connection *connection, enum side side)
{
	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, look_for_reset, connection);
	bool other = connection->has_reset && connection->reset_from != side;
	const char *instead = segment_from(connection, 0, side, is_ignored_reset) != NULL
				      ? "one that its receiver drops: its number is not the next"
				      : "none";
	bool held = expect_that(connection->has_reset && !other, "expected RST from %s, found %s",
		side_name(side), other ? format("one from %s", reset_text(connection)) : instead);
	if (connection->has_reset)
		context_note(connection->reset_packet, held);
	else
		segment_note(connection, side, NULL, held);
}

void case_expect_no_fin(const struct place *place, struct connection *connection, enum side side)
{
	must_be_side(place, side);
	context_at(place);
	segments_look_at(connection);
	const struct segment *fin = segment_from(connection, 0, side, segment_has_fin);
	expect_that(fin == NULL, "expected no FIN from %s, found one", side_name(side));
	if (fin != NULL)
		context_note(fin->packet, false);
}

/* Whether a side's FIN was sent before that side had seen the other's. */
static bool fin_is_unaware(const struct connection *connection, enum side side)
{
	const struct stream *peer = &connection->streams[side_peer(side)];
	const struct segment *fin = segment_from(connection, 0, side, segment_has_fin);

	return fin != NULL && peer->has_fin && fin->acknowledgment < peer->fin_offset + 2;
}

void case_expect_simultaneous_close(const struct place *place, struct connection *connection)
{
	context_at(place);
	segments_wait(connection, look_for_both_fins, connection);
	for (enum side side = CLIENT; side <= SERVER; side++) {
		const struct segment *fin = segment_from(connection, 0, side, segment_has_fin);
		bool held = expect_that(fin_is_unaware(connection, side),
			"expected %s's FIN before it saw the other's, found %s", side_name(side),
			fin == NULL ? "none" : "one that acknowledges it");
		segment_note(connection, side, fin, held);
	}
}

/* `side` ends its stream, the other sends data after that, and then its own FIN. */
void case_expect_half_close(
	const struct place *place, struct connection *connection, enum side side)
{
	must_be_side(place, side);
	context_at(place);
	enum side other = side_peer(side);

	segments_wait(connection, look_for_both_fins, connection);
	const struct segment *fin = segment_from(connection, 0, side, segment_has_fin);
	if (!segment_expect(connection, side, fin, format("FIN from %s", side_name(side))))
		return;
	const struct segment *data =
		segment_from(connection, segment_after(connection, fin), other, segment_has_data);
	if (!segment_expect(connection, other, data,
		    format("data from %s after the FIN from %s", side_name(other),
			    side_name(side))))
		return;
	const struct segment *end = segment_from(
		connection, (size_t)(data - connection->segments), other, segment_has_fin);
	segment_expect(
		connection, other, end, format("FIN from %s after that data", side_name(other)));
}
