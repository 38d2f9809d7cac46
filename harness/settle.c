/* Settling: waits until the wire is quiet and all of it is in the capture, decoded. */
#include "settle.h"

#include "context.h"
#include "wait.h"

static const struct socket_fact *first_busy_socket(void)
{
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		if (context_owns(&fact->local, &fact->remote) && !socket_is_quiet(fact))
			return fact;
	}
	return NULL;
}

static bool sockets_are_quiet(void *argument)
{
	struct error error;

	(void)argument;
	must(sockets_read_in(&context.sockets, TCP, ~STATE(LISTEN), &error), &error);
	return first_busy_socket() == NULL;
}

static bool settle_sockets(struct error *error)
{
	struct wait wait = {.met = sockets_are_quiet, .descriptor = -1, .asks_kernel = true};
	char local[ADDRESS_TEXT], remote[ADDRESS_TEXT];

	if (wait_for(&wait))
		return true;
	const struct socket_fact *busy = first_busy_socket();
	if (busy == NULL)
		return true;
	return error_set(error,
		"the wire did not settle within %g s: %s to %s is in %s with %u bytes to send",
		wait_seconds(), address_text(&busy->local, local),
		address_text(&busy->remote, remote), state_name(busy->state), busy->send_queue);
}

/* Whether all markers are back, and everything carried by then; a drop ends the hope of it. */
static bool capture_is_whole(void *argument)
{
	uint64_t *carried = argument;
	uint64_t received, dropped;
	struct error error;

	must(capture_statistics(&context.capture, &received, &dropped, &error), &error);
	if (dropped > 0 || context.capture.out_of_space)
		return true;
	if (*carried == 0 && capture_marked(&context.capture))
		must(capture_carried(&context.capture, carried, &error), &error);
	return *carried > 0 && capture_held(&context.capture) >= *carried;
}

static bool settle_capture(struct error *error)
{
	uint64_t carried = 0;
	struct wait wait = {.met = capture_is_whole, .argument = &carried, .descriptor = -1};

	if (!capture_mark(&context.capture, error))
		return false;
	if (!wait_for(&wait) && !capture_marked(&context.capture))
		return error_set(error, "no marker came back within %g s", wait_seconds());
	return capture_certify(&context.capture, carried, error);
}

void settle_decode(void)
{
	for (; context.decoded < context.capture.count; context.decoded++) {
		const struct frame *frame = &context.capture.frames[context.decoded];
		wire_add(&context.wire, frame->bytes, frame->wire_length, (uint32_t)context.decoded,
			frame->time);
	}
}

bool settle(struct error *error)
{
	bool quiet = settle_sockets(error);
	bool whole = quiet && settle_capture(error);

	settle_decode();
	if (whole && wire_beyond(&context.wire) > 0)
		return error_set(error, "%zu packets are beyond what can be decoded",
			wire_beyond(&context.wire));
	return whole;
}
