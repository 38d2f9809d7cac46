/* Settling: waits until the wire is quiet and all of it is in the capture, decoded. */
#include "settle.h"

#include "context.h"
#include "endpoint.h"
#include "wait.h"

#include <errno.h>
#include <sys/wait.h>

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
	must(sockets_read_in(&context.sockets, TCP, STATES_OF_CONNECTIONS, &error), &error);
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

static uint64_t frames_carried(void)
{
	struct carried carried;
	struct error error;

	must(capture_carried(&context.capture, &carried, &error), &error);
	return carried.frames;
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
		*carried = frames_carried();
	return *carried > 0 && capture_held(&context.capture) >= *carried;
}

/* Whether nothing was carried since all was quiet: the capture still has all there is. */
static bool nothing_new(void)
{
	return context.settled > 0 && frames_carried() == context.settled;
}

/* Whether no program, no child of one and no endpoint is left that could send. */
static bool nobody_is_left(void)
{
	siginfo_t info;

	for (size_t i = 0; i < context.endpoint_count; i++)
		if (context.endpoints[i]->descriptor >= 0)
			return false;
	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD;
}

static bool settle_capture(struct error *error)
{
	struct capture *capture = &context.capture;
	uint64_t before = frames_carried(), carried = 0;
	size_t marked = capture->markers_sent;
	struct wait wait = {.met = capture_is_whole, .argument = &carried, .descriptor = -1};

	if (!capture_mark(capture, error))
		return false;
	if (!wait_for(&wait) && !capture_marked(capture))
		return error_set(error, "no marker came back within %g s", wait_seconds());
	if (!capture_certify(capture, carried, error))
		return false;
	/* What came beside the markers may be yet to be answered. */
	if (carried == before + capture->markers_sent - marked)
		context.settled = carried;
	return true;
}

void settle_decode(void)
{
	for (; context.decoded < context.capture.count; context.decoded++) {
		const struct frame *frame = &context.capture.frames[context.decoded];
		wire_add(&context.wire, frame->bytes, frame->wire_length, (uint32_t)context.decoded,
			frame->time);
	}
}

/* Sockets that nobody uses stay quiet as long as nothing is carried. */
bool settle(struct error *error)
{
	bool alone = nobody_is_left();

	if (alone && context.settled_alone && nothing_new())
		return true;
	bool whole = settle_sockets(error);
	if (whole && !nothing_new()) {
		context.settled = 0;
		whole = settle_capture(error);
	}
	settle_decode();
	if (whole && wire_beyond(&context.wire) > 0) {
		context.settled = 0;
		whole = error_set(error, "%zu packets are beyond what can be decoded",
			wire_beyond(&context.wire));
	}
	context.settled_alone = whole && alone;
	return whole;
}

void must_settle(void)
{
	struct error error;

	must(settle(&error), &error);
}
