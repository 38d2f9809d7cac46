/* Verbs that receive whatever comes at a socket of the case. */
#include "verbs/draining.h"

#include "verbs/call_result.h"
#include "verbs/counted.h"
#include "verbs/received_maximum.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/wait.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdbool.h>

void case_drain(const struct place *place, struct endpoint *endpoint)
{
	struct buffer received;
	bool ended = false;

	context_at(place);
	buffer_init(&received, RECEIVED_MAXIMUM);
	int cause = endpoint_receive(endpoint, &received, RECEIVED_MAXIMUM, &ended);
	if (!ended) {
		context_note_socket_next(endpoint);
		case_over(FAIL, "recv: expected the end of the stream, found %s, after %zu bytes",
			cause != 0 ? call_result_text(cause) : "more", received.length);
	}
	buffer_free(&received);
}

void case_drain_until_error(const struct place *place, struct endpoint *endpoint, int error_number)
{
	struct buffer received;
	bool ended = false;

	context_at(place);
	buffer_init(&received, RECEIVED_MAXIMUM);
	int found = endpoint_receive(endpoint, &received, RECEIVED_MAXIMUM, &ended);
	if (!expect_that(!ended && found == error_number,
		    "recv: expected %s, found %s, after %zu bytes", call_result_text(error_number),
		    ended ? "the end of the stream" : call_result_text(found), received.length))
		context_note_received(endpoint, UINT64_MAX, (struct bytes){0});
	buffer_free(&received);
}

/* Datagrams that were sent to a socket, and what became of them so far. */
struct delivery {
	struct endpoint *receiver;
	const char *group; /* of the counters of its protocol */
	size_t sent, received;
	int64_t dropped;
};

/* Received comes first: what then is neither that nor dropped is still on its way. */
static bool is_accounted_for(void *argument)
{
	struct delivery *delivery = argument;
	char byte;
	size_t length;
	int cause;

	while ((cause = endpoint_receive_now(delivery->receiver, &byte, 1, 0, &length)) == 0)
		delivery->received++;
	if (cause != EAGAIN)
		must_succeed(format("recv, after %zu datagrams", delivery->received), cause);
	delivery->dropped = counted(delivery->group, "RcvbufErrors");
	return (int64_t)delivery->received + delivery->dropped >= (int64_t)delivery->sent;
}

size_t case_count_received(const struct place *place, struct endpoint *receiver, size_t sent)
{
	context_at(place);
	struct delivery delivery = {.receiver = receiver,
		.group = receiver->ip_protocol == IPPROTO_UDPLITE ? "UdpLite" : "Udp",
		.sent = sent};
	struct wait wait = {.met = is_accounted_for,
		.argument = &delivery,
		.descriptor = -1,
		.asks_kernel = true};

	if (!wait_for(&wait)) {
		context_note_socket_next(receiver);
		case_over(FAIL,
			"waited %g s for %zu datagrams to be received or dropped (%s "
			"RcvbufErrors); found %zu received, %" PRId64 " dropped",
			wait_seconds(), sent, delivery.group, delivery.received, delivery.dropped);
	}
	return delivery.received;
}
