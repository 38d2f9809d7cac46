/* Settling: waits until the wire is quiet and the capture has all of it, decoded. */
#include "worker/settle.h"

#include "worker/context.h"
#include "worker/disturbances.h"
#include "worker/endpoint.h"
#include "worker/wait.h"

#include <inttypes.h>

/* At most this often the wire is settled again because packets in the queue were dealt with. */
#define ROUNDS 16

/* The socket at the other end of the same connection, or NULL. */
static const struct socket_fact *peer_of(const struct socket_fact *fact)
{
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *each = &context.sockets.list[i];
		if (address_equal(&each->local, &fact->remote) &&
			address_equal(&each->remote, &fact->local))
			return each;
	}
	return NULL;
}

/* Whether the listener on this port has no room for another connection until it accepts one. */
static bool queue_is_full(uint16_t port)
{
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *each = &context.sockets.list[i];
		if (each->state == LISTEN && each->local.port == port &&
			each->receive_queue > each->send_queue)
			return true;
	}
	return false;
}

/* Whether a peer has acknowledged the SYN+ACK and sent nothing else yet. */
static bool has_only_connected(const struct socket_fact *peer)
{
	return peer->state == ESTABLISHED && peer->send_queue == 0;
}

/*
 * Whether a socket that is not quiet waits for a program. The connection may not open before a
 * program accepts. With TCP_DEFER_ACCEPT (tcp(7)) it does not open before the client sends. Or a
 * segment is sent again and again because a program does not read and the receiver has no room.
 * `context.sockets` must have listeners too.
 */
static bool waits_for_program(const struct socket_fact *fact)
{
	const struct socket_fact *peer = peer_of(fact);

	if (peer == NULL || peer->state == SYN_RECEIVED)
		return queue_is_full(fact->remote.port);
	if (fact->state == SYN_RECEIVED)
		return queue_is_full(fact->local.port) || has_only_connected(peer);
	return fact->retransmits > 0 && peer->receive_queue > 0;
}

static const struct socket_fact *first_busy_socket(bool among_waiting)
{
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		if (context_owns(&fact->local, &fact->remote) && !socket_is_quiet(fact) &&
			(among_waiting || !waits_for_program(fact)))
			return fact;
	}
	return NULL;
}

/* To read the listeners costs more. So they are read only when a socket is not quiet. */
static bool sockets_are_quiet(void *argument)
{
	struct error error;

	(void)argument;
	must(sockets_read_in(&context.sockets, TCP, STATES_OF_CONNECTIONS, &error), &error);
	if (first_busy_socket(true) == NULL)
		return true;
	must(sockets_read(&context.sockets, TCP, &error), &error);
	return first_busy_socket(false) == NULL;
}

/*
 * A socket that sent its segment again, and was not answered for the whole limit, will not be
 * answered later either. It counts as quiet.
 */
static bool settle_sockets(struct error *error)
{
	struct wait wait = {.met = sockets_are_quiet, .descriptor = -1, .asks_kernel = true};
	char local[ADDRESS_TEXT], remote[ADDRESS_TEXT];

	if (wait_for_harness(&wait))
		return true;
	const struct socket_fact *busy = first_busy_socket(false);
	if (busy == NULL || busy->retransmits > 0)
		return true;
	return error_set(error,
		"the wire did not come to rest within %g s: %s to %s is in %s with %u bytes that "
		"are not acknowledged",
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

/* Whether all markers are back, and all frames carried by then. After a drop they never will be. */
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
	return *carried > 0 && capture_taken_in(&context.capture) >= *carried;
}

/* Whether nothing was carried since the capture settled: then it still has everything. */
static bool nothing_new(void)
{
	return context.frames_when_settled > 0 && frames_carried() == context.frames_when_settled;
}

/* Whether no program, no child of a program and no endpoint is left that could send. */
static bool nobody_is_left(void)
{
	for (size_t i = 0; i < context.endpoint_count; i++)
		if (context.endpoints[i]->descriptor >= 0)
			return false;
	return !programs_are_left();
}

static bool settle_capture(struct error *error)
{
	struct capture *capture = &context.capture;
	uint64_t before = frames_carried(), carried = 0;
	size_t marked = capture->markers_sent;
	struct wait wait = {.met = capture_is_whole, .argument = &carried, .descriptor = -1};

	if (!capture_mark(capture, error))
		return false;
	if (!wait_for_harness(&wait) && !capture_marked(capture))
		return error_set(error, "no marker came back within %g s", wait_seconds());
	if (!capture_certify(capture, carried, error))
		return false;
	/* If anything came besides the markers, an answer to it may still come. */
	if (carried == before + capture->markers_sent - marked)
		context.frames_when_settled = carried;
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

/*
 * Whether a peer acknowledged bytes that are not in the capture: they were sent, and it lost them.
 */
static bool capture_lacks_bytes(struct error *error)
{
	const struct connections *all = &context.wire.connections;
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT];
	uint64_t first, last;
	enum side sender;

	for (size_t i = 0; all->lacking > 0 && i < all->count; i++) {
		const struct stream *streams = all->list[i]->streams;
		if (!context_owns(&streams[CLIENT].address, &streams[SERVER].address) ||
			!connection_lacks(all->list[i], &sender, &first, &last))
			continue;
		error_set(error,
			"the capture lacks what %s %s sent to %s: bytes %" PRIu64 " to %" PRIu64
			" of that stream were acknowledged and are not in it",
			side_name(sender), address_text(&streams[sender].address, from),
			address_text(&streams[side_peer(sender)].address, to), first, last);
		return true;
	}
	return false;
}

/* Takes in and decodes all that was carried until now. */
static enum settled complete(struct error *error)
{
	bool whole = true;

	if (!nothing_new()) {
		context.frames_when_settled = 0;
		whole = settle_capture(error);
	}
	settle_decode();
	if (!whole)
		return INCOMPLETE;
	if (wire_beyond(&context.wire) == 0 && !capture_lacks_bytes(error))
		return SETTLED;
	context.frames_when_settled = 0;
	if (wire_beyond(&context.wire) > 0)
		error_set(error, "%zu packets are beyond what can be decoded",
			wire_beyond(&context.wire));
	return INCOMPLETE;
}

/* When nobody is left and nothing was carried, the sockets are still as quiet as before. */
static enum settled settle_once(struct error *error)
{
	bool alone = nobody_is_left();

	if (alone && context.settled_alone && nothing_new())
		return SETTLED;
	enum settled settled = settle_sockets(error) ? complete(error) : RESTLESS;
	if (settled == RESTLESS)
		settle_decode();
	context.settled_alone = settled == SETTLED && alone;
	return settled;
}

static bool nothing_is_held_back(void *argument)
{
	(void)argument;
	return disturbances_held_back() == 0;
}

static bool wait_until_let_go(int round, struct error *error)
{
	struct wait wait = {.met = nothing_is_held_back, .descriptor = -1};

	if (round < ROUNDS && wait_for_harness(&wait))
		return true;
	const struct place *holder = disturbances_holder();
	return error_set(error,
		"the wire did not come to rest within %g s: %s (%s:%d) still holds back what was "
		"sent",
		wait_seconds(), holder->text, holder->file, holder->line);
}

/*
 * Every packet that was carried when the markers came back has been dealt with then. What that led
 * to, an ICMP error for instance, may have been carried since, and what is held back will be let
 * go: so the wire is settled again. Programs that send all the time are not waited for.
 */
enum settled settle(struct error *error)
{
	for (int round = 1;; round++) {
		uint64_t before = disturbances_dealt_with();
		bool was_held_back = disturbances_held_back() > 0;
		enum settled settled = settle_once(error);
		bool is_held_back = disturbances_held_back() > 0;
		bool is_new = was_held_back || disturbances_dealt_with() != before;
		if (settled != SETTLED || (!is_held_back && (!is_new || round >= ROUNDS)))
			return settled;
		if (is_held_back && !wait_until_let_go(round, error))
			return RESTLESS;
	}
}

void must_settle(void)
{
	struct error error;
	enum settled settled = settle(&error);

	if (settled == RESTLESS && context.decoded > 0)
		context_note_next((uint32_t)context.decoded - 1);
	if (settled != SETTLED)
		case_over(settled == RESTLESS ? FAIL : BROKEN, "%s", error.text);
}

/* A wait for new frames on the wire. */
struct news {
	uint64_t carried; /* frames that lo had carried at the last look */
	bool alone;       /* no program is left that could send more */
};

static bool is_there_news(void *argument)
{
	struct news *news = argument;

	news->alone = !programs_are_left();
	return news->alone || frames_carried() != news->carried;
}

enum outlook settle_until(enum outlook (*look)(void *argument), void *argument)
{
	struct limit limit = limit_begin();
	struct news news;
	struct wait wait = {
		.met = is_there_news, .argument = &news, .descriptor = -1, .asks_kernel = true};

	for (;;) {
		bool alone = !programs_are_left();
		must_settle();
		enum outlook outlook = look(argument);
		if (outlook != NOT_YET || alone)
			return outlook;
		news = (struct news){.carried = frames_carried()};
		if (!wait_within(&wait, &limit))
			return outlook;
	}
}
