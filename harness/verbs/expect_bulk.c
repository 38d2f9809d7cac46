/* Verbs where the case itself is both sides: bytes in bulk, full buffers, both ways at once. */
#include "verbs/wirecheck.h"

#include "wire/byte_reader.h"
#include "worker/wait.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* xorshift64 (Marsaglia 2003): no period that the size of a block could hide in. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static unsigned char *memory_for(size_t length)
{
	unsigned char *memory = malloc(length + 1);

	if (memory == NULL)
		case_over(BROKEN, "no memory for %zu bytes", length);
	return memory;
}

struct bytes pattern(size_t length)
{
	unsigned char *bytes = memory_for(length);
	uint64_t state = UINT64_C(88172645463325252);

	for (size_t i = 0; i < length; i += sizeof state) {
		uint64_t word = next_random(&state);
		memcpy(bytes + i, &word, length - i < sizeof word ? length - i : sizeof word);
	}
	return (struct bytes){bytes, length};
}

const char *letters(size_t length)
{
	char *text = (char *)memory_for(length);
	uint64_t state = UINT64_C(88172645463325252);

	for (size_t i = 0; i < length; i++)
		text[i] = (char)('a' + next_random(&state) % 26);
	text[length] = '\0';
	return text;
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
		case_over(FAIL, "send: expected %s, found that it took all %zu bytes",
			outcome_text(EAGAIN), from.length);
	if (cause != EAGAIN) {
		context_note_socket_next(endpoint);
		must_succeed(format("send, after %zu bytes", total), cause);
	}
	return total;
}

/* Bytes that an exchange moves at once; between two steps, the capture is read. */
#define STEP ((size_t)256 << 10)

/* One direction of an exchange that goes on at the same time as the other. */
struct flow {
	struct endpoint *sender, *receiver;
	struct bytes bytes;
	size_t sent, received;
	size_t differs_at; /* SIZE_MAX: nowhere */
	int cause;
};

static bool flow_is_over(const struct flow *flow)
{
	return flow->cause != 0 || flow->received == flow->bytes.length;
}

/* Where what has just come differs from what was sent. */
static void find_difference(struct flow *flow, const unsigned char *came, size_t length)
{
	struct bytes sent = bytes_part(flow->bytes, flow->received, length);
	size_t same = bytes_same((struct bytes){came, length}, sent);

	if (same < length)
		flow->differs_at = flow->received + same;
}

/* Sends and receives what is possible now, up to STEP bytes each; whether anything was. */
static bool flow_on(struct flow *flow)
{
	static unsigned char chunk[STEP];
	size_t sent = 0, received = 0;
	struct bytes rest = bytes_part(flow->bytes, flow->sent, STEP);

	if (flow_is_over(flow))
		return false;
	if (rest.length > 0) {
		int cause = endpoint_send_now(flow->sender, rest, 0, &sent);
		if (cause != EAGAIN)
			flow->cause = cause;
		flow->sent += sent;
	}
	size_t awaited = flow->bytes.length - flow->received;
	if (flow->cause == 0 && awaited > 0) {
		int cause = endpoint_receive_now(
			flow->receiver, chunk, awaited < STEP ? awaited : STEP, 0, &received);
		if (cause != EAGAIN)
			flow->cause = cause;
		if (flow->differs_at == SIZE_MAX)
			find_difference(flow, chunk, received);
		flow->received += received;
		flow->receiver->compared += received;
	}
	return sent + received > 0;
}

static bool flows_are_over(const struct flow flows[2])
{
	return flow_is_over(&flows[0]) && flow_is_over(&flows[1]);
}

/* Goes on with both, a step each; whether anything moved or nothing needs to any more. */
static bool flows_on(void *argument)
{
	struct flow *flows = argument;

	return (int)flow_on(&flows[0]) + flow_on(&flows[1]) > 0 || flows_are_over(flows);
}

static void expect_flow(const char *who, const struct flow *flow, bool moves)
{
	bool equal = flow->differs_at == SIZE_MAX;

	if (expect_that(moves && flow->cause == 0 && equal,
		    "%s: expected %zu bytes to be received, found %zu sent, %zu received, %s", who,
		    flow->bytes.length, flow->sent, flow->received,
		    equal ? outcome_text(moves ? flow->cause : NO_ANSWER)
			  : format("which differ at byte %zu", flow->differs_at)))
		return;
	/* What was compared before the exchange came before it in the stream, too. */
	uint64_t before = flow->receiver->compared - flow->received;
	context_note_received(
		flow->receiver, equal ? UINT64_MAX : before + flow->differs_at, (struct bytes){0});
}

void case_exchange(const struct place *place, struct endpoint *a, struct bytes from_a,
	struct endpoint *b, struct bytes from_b)
{
	struct flow flows[2] = {
		{.sender = a, .receiver = b, .bytes = from_a, .differs_at = SIZE_MAX},
		{.sender = b, .receiver = a, .bytes = from_b, .differs_at = SIZE_MAX},
	};
	/* A slow machine may take long for all of it, but not for one step. */
	struct wait step = {
		.met = flows_on, .argument = flows, .descriptor = -1, .asks_kernel = true};
	bool moves = true;

	context_at(place);
	while (moves && !flows_are_over(flows))
		moves = wait_for(&step);
	expect_flow("from the first to the second", &flows[0], moves);
	expect_flow("from the second to the first", &flows[1], moves);
}
