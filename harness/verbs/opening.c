/* Verbs about how a connection opened. */
#include "verbs/opening.h"

#include "base/comparison.h"
#include "verbs/argument_checks.h"
#include "verbs/segment_search.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/report.h"
#include "worker/settle.h"

#include <stdbool.h>
#include <stdlib.h>

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

static void expect_opening(struct connection *connection, enum opening expected)
{
	struct awaited_opening awaited = {connection, expected};

	bool held = segments_wait(connection, look_for_opening, &awaited) == AS_EXPECTED;
	expect_that(held, "expected %s, found %s", opening_text(expected),
		opening_text(connection->opening));
	segments_note(connection, TCP_SYN, held);
}

void case_expect_handshake(const struct place *place, struct connection *connection)
{
	context_at(place);
	expect_opening(connection, OPENING_HANDSHAKE);
}

void case_expect_refused(const struct place *place, struct connection *connection)
{
	context_at(place);
	expect_opening(connection, OPENING_REFUSED);
	if (connection->has_reset)
		context_note(connection->reset_packet, connection->opening == OPENING_REFUSED);
}

void case_expect_simultaneous_open(const struct place *place, struct connection *connection)
{
	context_at(place);
	expect_opening(connection, OPENING_SIMULTANEOUS);
}

/* The first SYN of CLIENT with data; NULL: it sent none. */
static const struct segment *syn_with_data(const struct connection *connection)
{
	const struct segment *syn = segment_from(connection, 0, CLIENT, segment_has_syn);

	while (syn != NULL && syn->length == 0)
		syn = segment_from(
			connection, segment_after(connection, syn), CLIENT, segment_has_syn);
	return syn;
}

/* What differs in the data of a SYN, or how much of it the answer, if there is one, leaves out. */
static const char *syn_difference(const struct connection *connection, const struct segment *syn,
	const struct segment *answer, struct bytes expected)
{
	unsigned char *memory = malloc(syn->length);
	const char *difference = "";
	struct buffer text;

	if (memory == NULL)
		case_over(BROKEN, "no memory for %u bytes of a SYN", syn->length);
	buffer_init(&text, 4096);
	struct bytes found = {
		memory, stream_copy(&connection->streams[CLIENT], 0, memory, syn->length)};
	if (!bytes_equal(found, expected)) {
		text_compare(&text, expected, found);
		difference = format("what CLIENT's SYN carried %s", buffer_text(&text));
	} else if (answer == NULL || answer->acknowledgment <= syn->length) {
		difference =
			format("CLIENT's SYN carried these %u bytes, and SERVER %s", syn->length,
				answer == NULL ? "did not answer it" : "did not take all of them");
	}
	buffer_free(&text);
	free(memory);
	return difference;
}

void case_expect_sent_in_syn(
	const struct place *place, struct connection *connection, const char *text)
{
	context_at(place);
	struct stream *stream = &connection->streams[CLIENT];
	struct awaited_segment awaited = {connection, SERVER, segment_has_syn, NULL, SERVER};
	struct bytes expected = bytes_of(text);

	segments_wait(connection, segment_look_for, &awaited);
	const struct segment *syn = syn_with_data(connection);
	if (syn == NULL) {
		segment_expect(connection, CLIENT, NULL,
			format("a SYN with %zu bytes from CLIENT", expected.length));
		return;
	}
	if (stream->looked_at < syn->length)
		stream->looked_at = syn->length;
	const struct segment *answer = segment_from(connection, 0, SERVER, segment_has_syn);
	const char *difference = syn_difference(connection, syn, answer, expected);
	bool held = expect_text(*difference == '\0', difference);
	context_note(syn->packet, held);
}

void case_expect_mss(
	const struct place *place, struct connection *connection, enum side side, unsigned expected)
{
	must_be_side(place, side);
	context_at(place);
	const struct stream *stream = &connection->streams[side];
	struct awaited_segment awaited = {connection, side, segment_has_syn, NULL, side};

	segments_wait(connection, segment_look_for, &awaited);
	bool held = stream->has_syn && stream->syn_options.has_mss &&
		    stream->syn_options.mss == expected;
	expect_that(held, "MSS in %s's SYN: expected %u, found %s", side_name(side), expected,
		stream->syn_options.has_mss ? format("%u", stream->syn_options.mss) : "none");
	if (stream->has_syn)
		context_note(stream->syn_packet, held);
	else
		segment_note(connection, side, NULL, held);
}
