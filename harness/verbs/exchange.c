/* The verb by which two sockets of the case send to each other at once. */
#include "verbs/exchange.h"

#include "verbs/call_result.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/wait.h"

#include <errno.h>
#include <stdbool.h>

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
		    equal ? call_result_text(moves ? flow->cause : NO_ANSWER)
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
