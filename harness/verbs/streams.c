/* Verbs about the bytes that each side of a connection sent. */
#include "verbs/streams.h"

#include "base/comparison.h"
#include "base/pattern.h"
#include "verbs/argument_checks.h"
#include "verbs/segment_search.h"
#include "worker/context.h"
#include "worker/settle.h"

#include <stdbool.h>
#include <stdlib.h>

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

/* Whether a stream is whole and without contradictions; if not, appends what is wrong with it. */
static bool note_defects(struct buffer *out, const struct stream *stream, enum side side)
{
	if (stream_gap(stream) > 0)
		buffer_printf(out,
			"%llu bytes of what %s sent never came, from byte %llu on: later "
			"bytes came; these were not acknowledged\n",
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
		segment_note(connection, side, NULL, false);
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

	must_be_side(place, side);
	context_at(place);
	bool equal = segments_wait(connection, look_for_bytes, &awaited) == AS_EXPECTED;
	expect_stream(connection, side, expected, equal);
}

void case_expect_sent(
	const struct place *place, struct connection *connection, enum side side, const char *text)
{
	must_be_side(place, side);
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
	must_be_side(place, side);
	context_at(place);
	struct stream *stream = &connection->streams[side];
	struct awaited_stream awaited = {connection, side, .expected = bytes};

	segments_wait(connection, look_for_any_byte, &awaited);
	if (!expect_that(stream->length > 0,
		    "expected %s to have sent the beginning of %zu bytes, found nothing",
		    side_name(side), bytes.length)) {
		segment_note(connection, side, NULL, false);
		return;
	}
	struct bytes beginning = bytes_part(bytes, 0, (size_t)stream->length);
	uint64_t difference = 0;
	expect_stream(connection, side, beginning, stream_equal(stream, beginning, &difference));
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

/* Whether the stream matches; if not, `why` has what was expected and found. */
static bool stream_matches(struct buffer *why, const struct awaited_stream *awaited)
{
	const struct stream *stream = &awaited->connection->streams[awaited->side];
	unsigned char *memory;
	struct bytes found = stream_bytes(stream, &memory);

	buffer_printf(why, "what %s sent\n", side_name(awaited->side));
	pattern_describe(why, awaited->pattern, found);
	bool matches = pattern_matches(why, awaited->pattern, found);
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
	must_be_side(place, side);
	context_at(place);
	struct awaited_stream awaited = {connection, side, .pattern = pattern};
	struct stream *stream = &connection->streams[side];
	struct buffer text;

	bool matches = segments_wait(connection, look_for_match, &awaited) == AS_EXPECTED;
	stream->looked_at = stream->length;
	buffer_init(&text, 8192);
	if (!matches)
		(void)stream_matches(&text, &awaited);
	expect_text(matches, buffer_text(&text));
	note_stream(connection, side, matches);
	buffer_free(&text);
}
