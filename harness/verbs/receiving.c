/* Verbs that receive at a socket of the case. */
#include "verbs/receiving.h"

#include "base/comparison.h"
#include "base/pattern.h"
#include "base/text.h"
#include "verbs/call_result.h"
#include "verbs/received_maximum.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/settle.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Bytes that are read where the end of the stream is expected: a message shows no more. */
#define EXCESS ((size_t)4096)

/*
 * Says why the received bytes are not the expected ones. Too few bytes is said in words, not as a
 * difference.
 */
static void describe_short(struct buffer *out, const struct endpoint *endpoint, int cause,
	bool ended, struct bytes expected, struct bytes received)
{
	bool is_beginning = received.length < expected.length &&
			    bytes_equal(received, bytes_part(expected, 0, received.length));

	if (cause == ENOBUFS)
		buffer_printf(out, "an expectation compares %zu MiB at most, and more came",
			RECEIVED_MAXIMUM >> 20);
	else if (cause != 0 && expected.length == 0)
		buffer_printf(out, "recv: expected %s, found %s",
			endpoint->type == SOCK_STREAM ? "nothing" : "an empty datagram",
			call_result_text(cause));
	else if (cause != 0)
		buffer_printf(out, "recv: %s, after %zu of %zu bytes", call_result_text(cause),
			received.length, expected.length);
	if (ended)
		buffer_printf(out, "the stream ended after %zu of %zu bytes", received.length,
			expected.length);
	if (is_beginning && (cause != 0 || ended)) {
		buffer_printf(out, "; still expected ");
		text_quote(out, bytes_part(expected, received.length, SIZE_MAX),
			TEXT_SHOWN_IN_SENTENCE);
	} else if (!bytes_equal(expected, received)) {
		buffer_printf(out, "%swhat was received ", out->length > 0 ? "; " : "");
		text_compare(out, expected, received);
	}
}

void case_expect_received_bytes(
	const struct place *place, struct endpoint *endpoint, struct bytes expected)
{
	context_at(place);
	uint64_t before = endpoint->compared;
	struct buffer received, difference;
	bool ended = false;

	buffer_init(&received, RECEIVED_MAXIMUM);
	buffer_init(&difference, 4096);
	int cause = endpoint_receive(endpoint, &received, expected.length, &ended);
	endpoint->compared += received.length;
	bool equal = cause == 0 && bytes_equal(expected, buffer_bytes(&received));
	if (!equal)
		describe_short(
			&difference, endpoint, cause, ended, expected, buffer_bytes(&received));
	if (!expect_text(equal, buffer_text(&difference)))
		context_note_received(endpoint,
			before + bytes_same(expected, buffer_bytes(&received)),
			buffer_bytes(&received));
	buffer_free(&received);
	buffer_free(&difference);
}

void case_expect_received(const struct place *place, struct endpoint *endpoint, const char *text)
{
	case_expect_received_bytes(place, endpoint, bytes_of(text));
}

/* How a pattern fares with what comes. */
struct matching {
	const char *pattern;
	enum match match;
};

static size_t up_to_match(struct bytes all, void *argument)
{
	struct matching *matching = argument;
	size_t length = 0;

	matching->match = pattern_beginning(matching->pattern, all, &length);
	if (matching->match == MATCH_NEVER)
		return all.length;
	return matching->match == MATCH_COMPLETE ? length : SIZE_MAX;
}

/* Receives what a pattern is to match: of a stream as much as it takes, or one datagram. */
static int receive_match(
	struct endpoint *endpoint, struct matching *matching, struct buffer *received, bool *ended)
{
	if (endpoint->type == SOCK_STREAM)
		return endpoint_receive_until(endpoint, received, up_to_match, matching, ended);
	return endpoint_receive(endpoint, received, 1, ended);
}

void case_expect_received_matches(
	const struct place *place, struct endpoint *endpoint, const char *pattern)
{
	context_at(place);
	struct matching matching = {.pattern = pattern};
	uint64_t before = endpoint->compared;
	struct buffer received, why;
	bool ended = false;

	buffer_init(&received, RECEIVED_MAXIMUM);
	buffer_init(&why, 8192);
	int cause = receive_match(endpoint, &matching, &received, &ended);
	endpoint->compared += received.length;
	buffer_printf(&why, "what was received\n");
	pattern_describe(&why, pattern, buffer_bytes(&received));
	bool matches = pattern_matches(&why, pattern, buffer_bytes(&received));
	if (cause != 0)
		buffer_printf(&why, "and then recv: %s\n", call_result_text(cause));
	else if (ended)
		buffer_printf(&why, "and then the stream ended\n");
	if (!expect_text(matches && cause == 0, buffer_text(&why)))
		context_note_received(endpoint, before, buffer_bytes(&received));
	buffer_free(&received);
	buffer_free(&why);
}

/* What one recv(2) brought, for messages. */
static void describe_received(
	struct buffer *out, const struct endpoint *endpoint, int cause, struct bytes received)
{
	if (cause != 0) {
		buffer_printf(out, "%s", call_result_text(cause));
	} else if (received.length == 0 && endpoint->type == SOCK_STREAM) {
		buffer_printf(out, "the end of the stream");
	} else {
		buffer_printf(out, "%s ", endpoint->type == SOCK_STREAM ? "bytes" : "a datagram");
		text_quote(out, received, TEXT_SHOWN_IN_SENTENCE);
	}
}

/* One recv(2) with flags; its bytes are the text, its return value `length`. */
static void expect_received_once(
	struct endpoint *endpoint, const char *text, size_t size, int flags, size_t expected_length)
{
	size_t length = 0, kept;
	struct buffer difference;
	char *memory = malloc(size + 1);

	if (memory == NULL)
		case_over(BROKEN, "no memory for %zu bytes", size);
	int cause = endpoint_receive_once(endpoint, memory, size, flags, &length, NULL);
	kept = length < size ? length : size;
	struct bytes found = {(const unsigned char *)memory, kept};
	buffer_init(&difference, 4096);
	if (cause != 0) {
		buffer_printf(&difference, "recv: expected ");
		text_quote(&difference, bytes_of(text), TEXT_SHOWN_IN_SENTENCE);
		buffer_printf(&difference, ", found %s", call_result_text(cause));
	} else if (!bytes_equal(bytes_of(text), found)) {
		buffer_printf(&difference, "what was received ");
		text_compare(&difference, bytes_of(text), found);
	}
	if (cause == 0 && length != expected_length)
		buffer_printf(&difference, "recv: expected a length of %zu, found %zu",
			expected_length, length);
	if (!expect_text(difference.length == 0, buffer_text(&difference)))
		context_note_received(
			endpoint, endpoint->compared + bytes_same(bytes_of(text), found), found);
	buffer_free(&difference);
	free(memory);
}

void case_expect_received_flags(
	const struct place *place, struct endpoint *endpoint, int flags, const char *text)
{
	context_at(place);
	size_t length = strlen(text);

	expect_received_once(endpoint, text, length, flags, length);
}

void case_expect_truncated(
	const struct place *place, struct endpoint *endpoint, const char *text, size_t whole)
{
	context_at(place);
	expect_received_once(endpoint, text, strlen(text), MSG_TRUNC, whole);
}

void case_expect_receive_error(
	const struct place *place, struct endpoint *endpoint, int error_number)
{
	unsigned char bytes[TEXT_SHOWN_IN_SENTENCE];
	size_t length = 0;
	struct buffer text;

	context_at(place);
	int found = endpoint_receive_once(endpoint, bytes, sizeof bytes, 0, &length, NULL);
	buffer_init(&text, 1024);
	buffer_printf(&text, "recv: expected %s, found ", call_result_text(error_number));
	describe_received(&text, endpoint, found, (struct bytes){bytes, length});
	if (!expect_text(found == error_number, buffer_text(&text)))
		context_note_received(endpoint, endpoint->compared, (struct bytes){bytes, length});
	buffer_free(&text);
}

void case_expect_nothing_received(const struct place *place, struct endpoint *endpoint)
{
	unsigned char bytes[TEXT_SHOWN_IN_SENTENCE];
	size_t length = 0;
	struct buffer found;

	context_at(place);
	must_settle();
	int cause = endpoint_receive_now(endpoint, bytes, sizeof bytes, 0, &length);
	buffer_init(&found, 1024);
	buffer_printf(&found, "recv: expected nothing to receive, found ");
	describe_received(&found, endpoint, cause, (struct bytes){bytes, length});
	if (!expect_text(cause == EAGAIN, buffer_text(&found)))
		context_note_received(endpoint, endpoint->compared, (struct bytes){bytes, length});
	buffer_free(&found);
}

void case_expect_end_of_stream(const struct place *place, struct endpoint *endpoint)
{
	struct buffer received, found;
	bool ended = false;

	context_at(place);
	buffer_init(&received, RECEIVED_MAXIMUM);
	buffer_init(&found, 4096);
	int cause = endpoint_receive(endpoint, &received, EXCESS, &ended);
	buffer_printf(&found, "expected the end of the stream, found ");
	if (received.length > 0)
		text_quote(&found, buffer_bytes(&received), 100);
	else
		buffer_printf(&found, "%s", call_result_text(cause));
	if (!expect_text(ended && received.length == 0, buffer_text(&found)))
		context_note_received(endpoint, endpoint->compared, buffer_bytes(&received));
	buffer_free(&received);
	buffer_free(&found);
}
