/* Verbs where the case itself is one side: sending and receiving. */
#include "wirecheck.h"

#include "text.h"
#include "wait.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* Bytes that one expectation receives at most. */
#define RECEIVED_MAXIMUM ((size_t)256 << 20)

static void send_whole(struct endpoint *endpoint, struct bytes what, int flags,
	const struct address *remote)
{
	size_t sent;
	int cause = endpoint_send(endpoint, what, flags, remote, &sent);

	if (cause != 0)
		case_over(FAIL, "send: %s, after %zu of %zu bytes", outcome_text(cause), sent,
			what.length);
}

void case_send_bytes(const struct place *place, struct endpoint *endpoint, struct bytes bytes)
{
	context_at(place);
	send_whole(endpoint, bytes, 0, NULL);
}

void case_send_text(const struct place *place, struct endpoint *endpoint, const char *text)
{
	case_send_bytes(place, endpoint, bytes_of(text));
}

void case_send_urgent(const struct place *place, struct endpoint *endpoint, const char *text)
{
	context_at(place);
	send_whole(endpoint, bytes_of(text), MSG_OOB, NULL);
}

void case_send_text_to(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, const char *text)
{
	struct address remote;

	context_at(place);
	context_port(port);
	if (!address_parse(&remote, host, port))
		case_over(BROKEN, "%s is not a numeric address", host);
	send_whole(endpoint, bytes_of(text), 0, &remote);
}

void case_expect_send_error(
	const struct place *place, struct endpoint *endpoint, struct bytes bytes, int cause)
{
	size_t sent;

	context_at(place);
	int found = endpoint_send_now(endpoint, bytes, 0, &sent);
	expect_that(found == cause, "send of %zu bytes: expected %s, found %s", bytes.length,
		outcome_text(cause), outcome_text(found));
}

void case_expect_send_error_to(const struct place *place, struct endpoint *endpoint,
	const char *host, uint16_t port, struct bytes bytes, int cause)
{
	struct address remote;
	size_t sent;

	context_at(place);
	context_port(port);
	if (!address_parse(&remote, host, port))
		case_over(BROKEN, "%s is not a numeric address", host);
	int found = endpoint_send(endpoint, bytes, 0, &remote, &sent);
	expect_that(found == cause, "send of %zu bytes: expected %s, found %s", bytes.length,
		outcome_text(cause), outcome_text(found));
}

void case_expect_received_bytes(
	const struct place *place, struct endpoint *endpoint, struct bytes expected)
{
	struct buffer received, difference;
	bool ended = false;

	context_at(place);
	buffer_init(&received, RECEIVED_MAXIMUM);
	buffer_init(&difference, 4096);
	int cause = endpoint_receive(endpoint, &received, expected.length, &ended);
	bool equal = cause == 0 && bytes_equal(expected, buffer_bytes(&received));
	if (!equal) {
		if (cause != 0)
			buffer_printf(&difference, "recv: %s, after %zu bytes; ",
				outcome_text(cause), received.length);
		if (ended)
			buffer_printf(&difference, "the stream ended after %zu bytes; ",
				received.length);
		buffer_printf(&difference, "what was received ");
		text_compare(&difference, expected, buffer_bytes(&received));
	}
	expect_text(equal, buffer_text(&difference));
	buffer_free(&received);
	buffer_free(&difference);
}

void case_expect_received(const struct place *place, struct endpoint *endpoint, const char *text)
{
	case_expect_received_bytes(place, endpoint, bytes_of(text));
}

/* One recv(2) with flags; its bytes are the text, its return value `length`. */
static void expect_received_once(struct endpoint *endpoint, const char *text, size_t size,
	int flags, size_t expected_length)
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
	if (cause != 0)
		buffer_printf(&difference, "recv: %s; ", outcome_text(cause));
	else if (length != expected_length)
		buffer_printf(&difference, "recv: expected %zu, found %zu; ", expected_length,
			length);
	if (!bytes_equal(bytes_of(text), found)) {
		buffer_printf(&difference, "what was received ");
		text_compare(&difference, bytes_of(text), found);
	}
	expect_text(difference.length == 0, buffer_text(&difference));
	buffer_free(&difference);
	free(memory);
}

void case_expect_received_flags(const struct place *place, struct endpoint *endpoint, int flags,
	const char *text)
{
	size_t length = strlen(text);

	context_at(place);
	expect_received_once(endpoint, text, length, flags, length);
}

void case_expect_truncated(const struct place *place, struct endpoint *endpoint, const char *text,
	size_t whole)
{
	context_at(place);
	expect_received_once(endpoint, text, strlen(text), MSG_TRUNC, whole);
}

void case_expect_receive_error(const struct place *place, struct endpoint *endpoint, int cause)
{
	char byte;
	size_t length;

	context_at(place);
	int found = endpoint_receive_once(endpoint, &byte, 1, 0, &length, NULL);
	expect_that(found == cause, "recv: expected %s, found %s", outcome_text(cause),
		found == 0 ? format("%zu bytes", length) : outcome_text(found));
}

void case_expect_nothing_received(const struct place *place, struct endpoint *endpoint)
{
	char bytes[64];
	size_t length;
	struct buffer found;

	context_at(place);
	int cause = endpoint_receive_now(endpoint, bytes, sizeof bytes, 0, &length);
	buffer_init(&found, 1024);
	buffer_printf(&found, "recv: expected EAGAIN, nothing to receive; found ");
	if (cause != 0)
		buffer_printf(&found, "%s", outcome_text(cause));
	else
		text_quote(&found, (struct bytes){(unsigned char *)bytes, length}, sizeof bytes);
	expect_text(cause == EAGAIN, buffer_text(&found));
	buffer_free(&found);
}

void case_expect_end_of_stream(const struct place *place, struct endpoint *endpoint)
{
	struct buffer received, found;
	bool ended = false;

	context_at(place);
	buffer_init(&received, RECEIVED_MAXIMUM);
	buffer_init(&found, 4096);
	int cause = endpoint_receive(endpoint, &received, 0, &ended);
	buffer_printf(&found, "expected the end of the stream, found ");
	if (cause == 0)
		text_quote(&found, buffer_bytes(&received), 100);
	else
		buffer_printf(&found, "%s", outcome_text(cause));
	expect_text(ended, buffer_text(&found));
	buffer_free(&received);
	buffer_free(&found);
}

/* Bytes to come into a socket's receive queue. */
struct queue {
	const struct endpoint *endpoint;
	int wanted, found;
};

static bool is_queued(void *argument)
{
	struct queue *queue = argument;

	if (ioctl(queue->endpoint->descriptor, FIONREAD, &queue->found) != 0)
		case_over(BROKEN, "ioctl(FIONREAD): %s", strerror(errno));
	return queue->found >= queue->wanted;
}

void case_until_received(const struct place *place, struct endpoint *endpoint, size_t length)
{
	struct queue queue = {.endpoint = endpoint, .wanted = (int)length};
	struct wait wait = {
		.met = is_queued, .argument = &queue, .descriptor = -1, .asks_kernel = true};

	context_at(place);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for %zu bytes to receive, found %d", wait_seconds(),
			length, queue.found);
}

struct bytes pattern(size_t length)
{
	unsigned char *bytes = malloc(length + 1);
	uint32_t state = 2463534242u;

	if (bytes == NULL)
		case_over(BROKEN, "no memory for %zu bytes", length);
	/* xorshift32 (Marsaglia 2003): no period that a block size could hide in. */
	for (size_t i = 0; i < length; i++) {
		state ^= state << 13;
		state ^= state >> 17;
		state ^= state << 5;
		bytes[i] = (unsigned char)(state >> 11);
	}
	return (struct bytes){bytes, length};
}

size_t case_fill(const struct place *place, struct endpoint *endpoint, struct bytes from)
{
	size_t total = 0;
	int cause = 0;

	context_at(place);
	while (cause == 0 && total < from.length) {
		size_t sent, rest = from.length - total;
		struct bytes part = {from.data + total, rest < 65536 ? rest : 65536};
		cause = endpoint_send_now(endpoint, part, 0, &sent);
		total += sent;
		wait_collect();
	}
	if (cause == 0)
		case_over(FAIL, "expected send to say EAGAIN, but it took all %zu bytes",
			from.length);
	if (cause != EAGAIN)
		case_over(FAIL, "send: %s, after %zu bytes", outcome_text(cause), total);
	return total;
}

/* One direction of an exchange that goes on at the same time as the other. */
struct flow {
	struct endpoint *sender, *receiver;
	struct bytes bytes;
	size_t sent, received;
	size_t differs_at; /* SIZE_MAX: nowhere */
	int cause;
};

/* Sends and receives what is possible now; whether anything was. */
static bool flow_on(struct flow *flow)
{
	static unsigned char chunk[1 << 18];
	size_t sent = 0, received = 0;
	struct bytes rest = {flow->bytes.data + flow->sent, flow->bytes.length - flow->sent};

	if (rest.length > 0) {
		int cause = endpoint_send_now(flow->sender, rest, 0, &sent);
		if (cause != EAGAIN)
			flow->cause = cause;
		flow->sent += sent;
	}
	size_t awaited = flow->bytes.length - flow->received;
	if (flow->cause == 0 && awaited > 0) {
		int cause = endpoint_receive_now(flow->receiver, chunk,
			awaited < sizeof chunk ? awaited : sizeof chunk, 0, &received);
		if (cause != EAGAIN)
			flow->cause = cause;
		if (memcmp(chunk, flow->bytes.data + flow->received, received) != 0 &&
			flow->differs_at == SIZE_MAX)
			flow->differs_at = flow->received;
		flow->received += received;
	}
	return sent + received > 0;
}

static bool flow_is_over(const struct flow *flow)
{
	return flow->cause != 0 || flow->received == flow->bytes.length;
}

/* Goes on with both as long as anything moves. */
static bool flows_are_over(void *argument)
{
	struct flow *flows = argument;
	bool moved = true;

	while (moved && (!flow_is_over(&flows[0]) || !flow_is_over(&flows[1]))) {
		moved = flow_on(&flows[0]);
		moved = flow_on(&flows[1]) || moved;
		wait_collect();
	}
	return flow_is_over(&flows[0]) && flow_is_over(&flows[1]);
}

void case_exchange(const struct place *place, struct endpoint *a, struct bytes from_a,
	struct endpoint *b, struct bytes from_b)
{
	struct flow flows[2] = {
		{.sender = a, .receiver = b, .bytes = from_a, .differs_at = SIZE_MAX},
		{.sender = b, .receiver = a, .bytes = from_b, .differs_at = SIZE_MAX},
	};
	struct wait wait = {
		.met = flows_are_over, .argument = flows, .descriptor = -1, .asks_kernel = true};

	context_at(place);
	bool over = wait_for(&wait);
	for (size_t i = 0; i < 2; i++) {
		const struct flow *flow = &flows[i];
		expect_that(over && flow->cause == 0 && flow->differs_at == SIZE_MAX,
			"%s sent %zu of %zu bytes, %zu were received: %s", i == 0 ? "the first" : "the second",
			flow->sent, flow->bytes.length, flow->received,
			flow->differs_at != SIZE_MAX
				? format("they differ behind byte %zu", flow->differs_at)
				: outcome_text(over ? flow->cause : NO_ANSWER));
	}
}
