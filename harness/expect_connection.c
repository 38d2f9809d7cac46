/* Verbs about TCP connections on the wire. */
#include "wirecheck.h"

#include "report.h"
#include "settle.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of a pattern and of what it is compared with that a message shows. */
#define SHOWN 400

static size_t count_on_port(uint16_t port)
{
	const struct connections *all = &context.wire.connections;
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++)
		count += connection_has_port(all->list[i], port);
	return count;
}

/* Connections to come. */
struct awaited_connections {
	uint16_t port;
	size_t total;
};

static enum outlook look_for_connections(void *argument)
{
	const struct awaited_connections *awaited = argument;
	size_t count = count_on_port(awaited->port);

	return count == awaited->total ? AS_EXPECTED : count < awaited->total ? NOT_YET : NEVER;
}

/* The case ends over what is on this port: each connection there, by its first packet. */
static void note_connections_next(uint16_t port)
{
	const struct connections *all = &context.wire.connections;

	for (size_t i = 0; i < all->count; i++)
		if (connection_has_port(all->list[i], port))
			context_note_next(all->list[i]->segments[0].packet);
}

struct connection *case_connection_of(
	const struct place *place, uint16_t port, size_t number, size_t total)
{
	const struct connections *all = &context.wire.connections;
	struct awaited_connections awaited = {port, total};
	struct buffer seen;

	context_at(place);
	context_port(port);
	settle_until(look_for_connections, &awaited);
	size_t count = count_on_port(port);
	if (count != total || number == 0 || number > total) {
		buffer_init(&seen, 8192);
		report_connections(&seen, &context.wire, port);
		note_connections_next(port);
		case_over(FAIL, "expected %zu connection%s on port %u, found %zu%s%s", total,
			total == 1 ? "" : "s", port, count, count > 0 ? "\n" : "",
			count > 0 ? buffer_text(&seen) : "");
	}
	size_t i = 0;
	for (;; i++)
		if (connection_has_port(all->list[i], port) && --number == 0)
			return all->list[i];
}

struct connection *case_only_connection(const struct place *place, uint16_t port)
{
	return case_connection_of(place, port, 1, 1);
}

/* Begins an expectation about a connection, on what is on the wire now. */
static void look_at(const struct place *place, struct connection *connection)
{
	context_at(place);
	must_settle();
	connection->looked_at = true;
}

/* A failure for which no packet stands is tied to the last of that side, or of all. */
static void note_last(const struct connection *connection, enum side side)
{
	context_note(connection_last_packet(connection, side), false);
}

/*
 * Notes the segments that have all of `flags`, from the one side or from both. Of a failure that
 * is about there being none, the last segment.
 */
static void note_segments(const struct connection *connection, uint8_t flags, bool held)
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

/* Notes the RST that nobody wanted, if one ended the connection. */
static void note_reset(const struct connection *connection)
{
	if (connection->has_reset)
		context_note(connection->reset_packet, false);
}

/* How a connection is to open. */
struct awaited_opening {
	const struct connection *connection;
	enum opening expected;
};

static enum outlook look_for_opening(void *argument)
{
	const struct awaited_opening *awaited = argument;
	enum opening found = awaited->connection->opening;

	if (found == awaited->expected)
		return AS_EXPECTED;
	return found == OPENING_UNANSWERED || found == OPENING_INCOMPLETE ? NOT_YET : NEVER;
}

static void expect_opening(
	const struct place *place, struct connection *connection, enum opening expected)
{
	struct awaited_opening awaited = {connection, expected};

	context_at(place);
	connection->looked_at = true;
	bool held = settle_until(look_for_opening, &awaited) == AS_EXPECTED;
	expect_that(held, "expected %s, found %s", opening_text(expected),
		opening_text(connection->opening));
	note_segments(connection, TCP_SYN, held);
}

void case_expect_handshake(const struct place *place, struct connection *connection)
{
	expect_opening(place, connection, OPENING_HANDSHAKE);
}

void case_expect_refused(const struct place *place, struct connection *connection)
{
	expect_opening(place, connection, OPENING_REFUSED);
	if (connection->has_reset)
		context_note(connection->reset_packet, connection->opening == OPENING_REFUSED);
}

void case_expect_simultaneous_open(const struct place *place, struct connection *connection)
{
	expect_opening(place, connection, OPENING_SIMULTANEOUS);
}

void case_expect_open(const struct place *place, struct connection *connection)
{
	look_at(place, connection);
	bool open = !connection->has_fin && !connection->has_reset;
	expect_that(open, "expected no FIN and no RST so far, found %s from %s",
		connection->has_fin ? "FIN" : "RST",
		connection->has_fin     ? side_name(connection->first_fin_from)
		: connection->has_reset ? reset_text(connection)
					: "");
	if (connection->has_fin)
		note_segments(connection, TCP_FIN, false);
	note_reset(connection);
}

/* Appends the first difference, whatever the lengths; there is one at `difference`. */
static void describe_stream(struct buffer *out, const struct connection *connection, enum side side,
	struct bytes expected, size_t difference)
{
	const struct stream *stream = &connection->streams[side];
	size_t offset = text_around(difference);
	unsigned char bytes[TEXT_AROUND];
	struct excerpt found = {{bytes, stream_copy(stream, offset, bytes, sizeof bytes)}, offset,
		(size_t)stream->length};
	struct excerpt all_expected = {expected, 0, expected.length};

	buffer_printf(out, "what %s sent ", side_name(side));
	text_compare_excerpts(out, &all_expected, &found, difference);
}

/* Whether a stream is whole and of one mind; if not, appends what is wrong with it. */
static bool note_defects(struct buffer *out, const struct stream *stream, enum side side)
{
	if (stream_gap(stream) > 0)
		buffer_printf(out,
			"%llu bytes of what %s sent never came, from byte %llu on: what it sent "
			"behind them did, and nobody acknowledged it\n",
			(unsigned long long)stream_gap(stream), side_name(side),
			(unsigned long long)stream->length);
	if (stream->has_conflict)
		buffer_printf(out, "byte %llu of what %s sent was sent twice, and differently\n",
			(unsigned long long)stream->conflict_offset, side_name(side));
	return stream_gap(stream) == 0 && !stream->has_conflict;
}

/* The packets of what a side sent. */
static void note_stream(const struct connection *connection, enum side side, bool held)
{
	const struct stream *stream = &connection->streams[side];
	const struct block *block = blocks_first(&stream->blocks);

	for (; block != NULL; block = blocks_after(&stream->blocks, block))
		context_note(block->packet, held);
	if (stream->blocks.count == 0 && !held)
		note_last(connection, side);
}

/* What a side is to send. */
struct awaited_stream {
	const struct connection *connection;
	enum side side;
	struct bytes expected;
	const char *pattern;
};

/* Whether a side may send more. */
static bool may_send_on(const struct connection *connection, enum side side)
{
	return !connection->streams[side].has_fin && !connection->has_reset;
}

static enum outlook look_for_bytes(void *argument)
{
	const struct awaited_stream *awaited = argument;
	const struct stream *stream = &awaited->connection->streams[awaited->side];
	uint64_t difference = 0;

	if (stream_equal(stream, awaited->expected, &difference))
		return AS_EXPECTED;
	bool is_beginning = difference == stream->length && !stream->has_conflict;
	return is_beginning && may_send_on(awaited->connection, awaited->side) ? NOT_YET : NEVER;
}

/* Records whether the stream, which is equal to what is expected or not, is also without defect. */
static void expect_stream(
	struct connection *connection, enum side side, struct bytes expected, bool equal)
{
	struct stream *stream = &connection->streams[side];
	struct buffer text;
	uint64_t difference = 0;

	stream->looked_at = stream->length;
	buffer_init(&text, 8192);
	if (!stream_equal(stream, expected, &difference))
		describe_stream(&text, connection, side, expected, (size_t)difference);
	equal = note_defects(&text, stream, side) && equal;
	expect_text(equal, buffer_text(&text));
	buffer_free(&text);
	note_stream(connection, side, equal);
}

void case_expect_sent_bytes(const struct place *place, struct connection *connection,
	enum side side, struct bytes expected)
{
	struct awaited_stream awaited = {connection, side, .expected = expected};

	context_at(place);
	connection->looked_at = true;
	bool equal = settle_until(look_for_bytes, &awaited) == AS_EXPECTED;
	expect_stream(connection, side, expected, equal);
}

void case_expect_sent(
	const struct place *place, struct connection *connection, enum side side, const char *text)
{
	case_expect_sent_bytes(place, connection, side, bytes_of(text));
}

static enum outlook look_for_any_byte(void *argument)
{
	const struct awaited_stream *awaited = argument;

	if (awaited->connection->streams[awaited->side].length > 0)
		return AS_EXPECTED;
	return may_send_on(awaited->connection, awaited->side) ? NOT_YET : NEVER;
}

void case_expect_sent_prefix(const struct place *place, struct connection *connection,
	enum side side, struct bytes bytes)
{
	struct stream *stream = &connection->streams[side];
	struct awaited_stream awaited = {connection, side, .expected = bytes};

	context_at(place);
	connection->looked_at = true;
	settle_until(look_for_any_byte, &awaited);
	if (!expect_that(stream->length > 0,
		    "expected %s to have sent the beginning of %zu bytes, found nothing",
		    side_name(side), bytes.length)) {
		note_last(connection, side);
		return;
	}
	struct bytes beginning = bytes_part(bytes, 0, (size_t)stream->length);
	uint64_t difference = 0;
	expect_stream(connection, side, beginning, stream_equal(stream, beginning, &difference));
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
	const struct stream *client = &connection->streams[CLIENT];
	const struct stream *server = &connection->streams[SERVER];

	context_at(place);
	connection->looked_at = true;
	settle_until(look_for_end, connection);
	bool held = expect_that(connection_closed_in_order(connection),
		"expected a FIN from both sides and an ACK of each, found %s%s%s%s%s",
		client->has_fin ? "CLIENT's FIN" : "no FIN of CLIENT",
		server->has_fin ? ", SERVER's FIN" : ", no FIN of SERVER",
		client->has_fin && server->has_fin ? ", not both acknowledged" : "",
		connection->has_reset ? ", and RST from " : "",
		connection->has_reset ? reset_text(connection) : "");
	note_segments(connection, TCP_FIN, held);
}

static enum outlook look_for_first_fin(void *argument)
{
	const struct connection *connection = argument;

	return connection->has_fin || connection->has_reset ? AS_EXPECTED : NOT_YET;
}

void case_expect_closed_first(
	const struct place *place, struct connection *connection, enum side side)
{
	context_at(place);
	connection->looked_at = true;
	settle_until(look_for_first_fin, connection);
	bool held = expect_that(connection->has_fin && connection->first_fin_from == side,
		"expected %s to send its FIN first, found %s", side_name(side),
		connection->has_fin ? side_name(connection->first_fin_from) : "no FIN at all");
	note_segments(connection, TCP_FIN, held);
}

void case_expect_no_reset(const struct place *place, struct connection *connection)
{
	look_at(place, connection);
	expect_that(!connection->has_reset, "expected no RST, found one from %s",
		connection->has_reset ? reset_text(connection) : "");
	note_reset(connection);
}

/* All bytes of a stream up to a gap, in memory that the caller frees. */
static struct bytes stream_bytes(const struct stream *stream, unsigned char **memory)
{
	size_t length = (size_t)stream->length;

	*memory = malloc(length + 1);
	if (*memory == NULL)
		case_over(BROKEN, "no memory for %zu bytes of a stream", length);
	return (struct bytes){*memory, stream_copy(stream, 0, *memory, length)};
}

static void describe_match(
	struct buffer *out, enum side side, const char *pattern, struct bytes found)
{
	buffer_printf(out, "what %s sent\n  expected  ", side_name(side));
	text_quote(out, bytes_of(pattern), SHOWN);
	buffer_printf(out, "\n  found     ");
	text_quote(out, found, SHOWN);
	buffer_append(out, "\n", 1);
}

/* Whether the stream matches; if not, `why` has what was expected and found. */
static bool stream_matches(struct buffer *why, const struct awaited_stream *awaited)
{
	const struct stream *stream = &awaited->connection->streams[awaited->side];
	unsigned char *memory;
	struct bytes found = stream_bytes(stream, &memory);

	describe_match(why, awaited->side, awaited->pattern, found);
	bool matches = text_matches(why, awaited->pattern, found);
	free(memory);
	return note_defects(why, stream, awaited->side) && matches;
}

static enum outlook look_for_match(void *argument)
{
	const struct awaited_stream *awaited = argument;
	struct buffer why;

	buffer_init(&why, 8192);
	bool matches = stream_matches(&why, awaited);
	buffer_free(&why);
	if (matches)
		return AS_EXPECTED;
	return may_send_on(awaited->connection, awaited->side) ? NOT_YET : NEVER;
}

void case_expect_sent_matches(const struct place *place, struct connection *connection,
	enum side side, const char *pattern)
{
	struct awaited_stream awaited = {connection, side, .pattern = pattern};
	struct stream *stream = &connection->streams[side];
	struct buffer text;

	context_at(place);
	connection->looked_at = true;
	bool matches = settle_until(look_for_match, &awaited) == AS_EXPECTED;
	stream->looked_at = stream->length;
	buffer_init(&text, 8192);
	if (!matches)
		(void)stream_matches(&text, &awaited);
	expect_text(matches, buffer_text(&text));
	note_stream(connection, side, matches);
	buffer_free(&text);
}
