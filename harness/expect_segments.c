/* Verbs about the segments of a connection: windows, flags, options, probes, times. */
#include "wirecheck.h"

#include "host.h"
#include "settle.h"
#include "wait.h"

#include <inttypes.h>

/* Begins an expectation about a connection, on what is on the wire now. */
static void look_at(const struct place *place, struct connection *connection)
{
	context_at(place);
	must_settle();
	connection->looked_at = true;
}

/* Which segments an expectation is about. */
typedef bool (*kind)(const struct segment *segment);

static bool has_zero_window(const struct segment *segment)
{
	return segment->window == 0 && !(segment->flags & (TCP_RST | TCP_SYN));
}

static bool has_open_window(const struct segment *segment)
{
	return segment->window > 0 && !(segment->flags & (TCP_RST | TCP_SYN));
}

static bool is_probe(const struct segment *segment)
{
	return segment->probe;
}

static bool is_urgent(const struct segment *segment)
{
	return (segment->flags & TCP_URG) != 0;
}

static bool has_data(const struct segment *segment)
{
	return segment->length > 0 && !segment->probe && !(segment->flags & TCP_RST);
}

static bool has_fin(const struct segment *segment)
{
	return (segment->flags & TCP_FIN) != 0;
}

static bool has_syn(const struct segment *segment)
{
	return (segment->flags & TCP_SYN) != 0;
}

/* The next segment of that kind from that side, at `start` or behind it; NULL: none. */
static const struct segment *segment_from(
	const struct connection *connection, size_t start, enum side side, kind is)
{
	for (size_t i = start; i < connection->segment_count; i++)
		if (connection->segments[i].from == side && is(&connection->segments[i]))
			return &connection->segments[i];
	return NULL;
}

static size_t place_behind(const struct connection *connection, const struct segment *segment)
{
	return (size_t)(segment - connection->segments) + 1;
}

/* Records whether there is such a segment, and notes it. */
static bool expect_segment(const struct segment *found, const char *what)
{
	bool held = expect_that(found != NULL, "expected %s, found none", what);

	if (found != NULL)
		context_note(found->packet, true);
	return held;
}

/* Begins an expectation about what a program is to make come: waits for it. */
static void wait_to_look_at(const struct place *place, struct connection *connection,
	enum outlook (*look)(void *argument), void *argument)
{
	context_at(place);
	connection->looked_at = true;
	settle_until(look, argument);
}

/* Whether a connection may bring more. */
static enum outlook unless_over(const struct connection *connection)
{
	return connection->has_reset || connection_closed_in_order(connection) ? NEVER : NOT_YET;
}

static enum outlook look_for_reset(void *argument)
{
	const struct connection *connection = argument;

	return connection->has_reset ? AS_EXPECTED : unless_over(connection);
}

static enum outlook look_for_both_fins(void *argument)
{
	const struct connection *connection = argument;

	if (connection->streams[CLIENT].has_fin && connection->streams[SERVER].has_fin)
		return AS_EXPECTED;
	return unless_over(connection);
}

/* A segment of some kind from a side, behind the first of another kind from another. */
struct awaited_segment {
	const struct connection *connection;
	enum side side;
	kind is;
	kind is_before; /* NULL: anywhere */
	enum side side_before;
};

static enum outlook look_for_segment(void *argument)
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

void case_expect_reset(const struct place *place, struct connection *connection, enum side side)
{
	wait_to_look_at(place, connection, look_for_reset, connection);
	bool other = connection->has_reset && connection->reset_from != side;
	bool held = expect_that(connection->has_reset && !other, "expected RST from %s, found %s",
		side_name(side), other ? format("one from %s", reset_text(connection)) : "none");
	if (connection->has_reset)
		context_note(connection->reset_packet, held);
}

void case_expect_no_fin(const struct place *place, struct connection *connection, enum side side)
{
	look_at(place, connection);
	const struct segment *fin = segment_from(connection, 0, side, has_fin);
	expect_that(fin == NULL, "expected no FIN from %s, found one", side_name(side));
	if (fin != NULL)
		context_note(fin->packet, false);
}

/* Whether a side's FIN was sent before that side had seen the other's. */
static bool fin_is_unaware(const struct connection *connection, enum side side)
{
	const struct stream *peer = &connection->streams[side_peer(side)];
	const struct segment *fin = segment_from(connection, 0, side, has_fin);

	return fin != NULL && peer->has_fin && fin->acknowledgment < peer->fin_offset + 2;
}

void case_expect_simultaneous_close(const struct place *place, struct connection *connection)
{
	wait_to_look_at(place, connection, look_for_both_fins, connection);
	for (enum side side = CLIENT; side <= SERVER; side++) {
		const struct segment *fin = segment_from(connection, 0, side, has_fin);
		bool held = expect_that(fin_is_unaware(connection, side),
			"expected %s's FIN before it saw the other's, found %s", side_name(side),
			fin == NULL ? "none" : "one that acknowledges it");
		if (fin != NULL)
			context_note(fin->packet, held);
	}
}

/* `side` ends its stream, the other sends data after that, and then its own FIN. */
void case_expect_half_close(
	const struct place *place, struct connection *connection, enum side side)
{
	enum side other = side_peer(side);

	wait_to_look_at(place, connection, look_for_both_fins, connection);
	const struct segment *fin = segment_from(connection, 0, side, has_fin);
	if (!expect_segment(fin, format("FIN from %s", side_name(side))))
		return;
	const struct segment *data =
		segment_from(connection, place_behind(connection, fin), other, has_data);
	if (!expect_segment(data, format("data from %s behind the FIN from %s", side_name(other),
					  side_name(side))))
		return;
	const struct segment *end =
		segment_from(connection, (size_t)(data - connection->segments), other, has_fin);
	expect_segment(end, format("FIN from %s behind that data", side_name(other)));
}

void case_expect_window_closed(
	const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_segment awaited = {connection, side, has_zero_window, NULL, side};

	wait_to_look_at(place, connection, look_for_segment, &awaited);
	expect_segment(segment_from(connection, 0, side, has_zero_window),
		format("window 0 from %s", side_name(side)));
}

/* While `side` has its window closed, the other asks for it (RFC 9293 3.8.6.1). */
void case_expect_window_probed(
	const struct place *place, struct connection *connection, enum side side)
{
	enum side other = side_peer(side);
	struct awaited_segment awaited = {connection, other, is_probe, has_zero_window, side};

	wait_to_look_at(place, connection, look_for_segment, &awaited);
	const struct segment *closed = segment_from(connection, 0, side, has_zero_window);
	if (!expect_segment(closed, format("window 0 from %s", side_name(side))))
		return;
	expect_segment(segment_from(connection, place_behind(connection, closed), other, is_probe),
		format("a probe from %s of the closed window", side_name(other)));
}

void case_expect_window_opened(
	const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_segment awaited = {connection, side, has_open_window, has_zero_window, side};

	wait_to_look_at(place, connection, look_for_segment, &awaited);
	const struct segment *closed = segment_from(connection, 0, side, has_zero_window);
	if (!expect_segment(closed, format("window 0 from %s", side_name(side))))
		return;
	expect_segment(
		segment_from(connection, place_behind(connection, closed), side, has_open_window),
		format("a window from %s that opens again", side_name(side)));
}

/* A segment's number and its urgent pointer add up to the number behind the urgent data. */
void case_expect_urgent(
	const struct place *place, struct connection *connection, enum side side, uint64_t behind)
{
	struct awaited_segment awaited = {connection, side, is_urgent, NULL, side};

	wait_to_look_at(place, connection, look_for_segment, &awaited);
	const struct segment *urgent = segment_from(connection, 0, side, is_urgent);
	if (urgent == NULL) {
		expect_segment(NULL, format("URG from %s", side_name(side)));
		return;
	}
	uint64_t found = urgent->sequence - 1 + urgent->urgent;
	bool held = expect_that(found == behind,
		"expected %s's urgent pointer behind %" PRIu64 " bytes, found it behind %" PRIu64,
		side_name(side), behind, found);
	context_note(urgent->packet, held);
}

/* The segment with a side's last byte, as it was sent first; NULL: it sent no data. */
static const struct segment *last_data(const struct connection *connection, enum side side)
{
	const struct segment *last = NULL;

	for (size_t i = 0; i < connection->segment_count; i++) {
		const struct segment *each = &connection->segments[i];
		if (each->from == side && has_data(each) &&
			(last == NULL ||
				each->sequence + each->length > last->sequence + last->length))
			last = each;
	}
	return last;
}

void case_expect_pushed(const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_segment awaited = {connection, side, has_data, NULL, side};

	wait_to_look_at(place, connection, look_for_segment, &awaited);
	const struct segment *last = last_data(connection, side);
	if (last == NULL) {
		expect_that(
			false, "expected data with PSH from %s, found no data", side_name(side));
		return;
	}
	bool held = expect_that((last->flags & TCP_PSH) != 0,
		"expected PSH on the segment with the last byte from %s, found it without",
		side_name(side));
	context_note(last->packet, held);
}

void case_expect_mss(
	const struct place *place, struct connection *connection, enum side side, unsigned expected)
{
	const struct stream *stream = &connection->streams[side];
	struct awaited_segment awaited = {connection, side, has_syn, NULL, side};

	wait_to_look_at(place, connection, look_for_segment, &awaited);
	bool held = stream->has_syn && stream->syn_options.has_mss &&
		    stream->syn_options.mss == expected;
	expect_that(held, "MSS in %s's SYN: expected %u, found %s", side_name(side), expected,
		stream->syn_options.has_mss ? format("%u", stream->syn_options.mss) : "none");
	if (stream->has_syn)
		context_note(stream->syn_packet, held);
}

/* When the other side acknowledged all of the segment; -1: never. */
static int64_t acknowledged_after(
	const struct connection *connection, const struct segment *segment)
{
	for (size_t i = place_behind(connection, segment); i < connection->segment_count; i++) {
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
	look_at(place, connection);
	for (size_t i = 0; i < connection->segment_count; i++) {
		const struct segment *segment = &connection->segments[i];
		if (segment->from != side || !has_data(segment))
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

	look_at(place, connection);
	for (size_t i = 0; i < connection->segment_count; i++) {
		const struct segment *segment = &connection->segments[i];
		int64_t after = segment->from == side && has_data(segment)
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

	look_at(place, connection);
	host_must_tell_segments(connection);
	for (size_t i = 0; i < connection->segment_count; i++)
		count += connection->segments[i].from == side &&
			 has_data(&connection->segments[i]) && !connection->segments[i].repeated;
	return count;
}

/* What a wait for a probe looks at. */
struct awaited_probe {
	const struct connection *connection;
	enum side side;
};

static bool is_probed(void *argument)
{
	const struct awaited_probe *awaited = argument;

	settle_decode();
	return segment_from(awaited->connection, 0, awaited->side, is_probe) != NULL;
}

void case_until_probe(const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_probe awaited = {connection, side};
	struct wait wait = {.met = is_probed, .argument = &awaited, .descriptor = -1};

	context_at(place);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for a probe from %s, found none", wait_seconds(),
			side_name(side));
}

void case_expect_probe(const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_segment awaited = {connection, side, is_probe, NULL, side};

	wait_to_look_at(place, connection, look_for_segment, &awaited);
	expect_segment(segment_from(connection, 0, side, is_probe),
		format("a probe from %s", side_name(side)));
}

void case_expect_no_probe(const struct place *place, struct connection *connection, enum side side)
{
	look_at(place, connection);
	const struct segment *probe = segment_from(connection, 0, side, is_probe);
	expect_that(probe == NULL, "expected no probe from %s, found one", side_name(side));
	if (probe != NULL)
		context_note(probe->packet, false);
}
