/* The verb that waits until a program waits: nothing is left for it to take, and it sleeps. */
#include "wirecheck.h"

#include "settle.h"
#include "threads.h"
#include "wait.h"

#include <stdio.h>
#include <string.h>

struct waiting {
	const struct program *program;
	enum side side;
	uint16_t port;
	char found[160]; /* what it was last seen to do instead */
};

/* Whether every thread of the program sleeps, or has ended. */
static bool threads_sleep(struct waiting *waiting)
{
	char awake = threads_beyond(waiting->program, "SZX");

	if (awake == 0)
		return true;
	snprintf(waiting->found, sizeof waiting->found,
		"a thread of it in state %c (proc(5)), with nothing left to take", awake);
	return false;
}

/* Whether a socket has something that has not been taken or, on TCP, is still on its way. */
static bool is_busy(struct waiting *waiting, const struct socket_fact *fact, bool own)
{
	char local[ADDRESS_TEXT];

	if (fact->protocol == TCP && !socket_is_quiet(fact))
		snprintf(waiting->found, sizeof waiting->found, "%s in %s, not quiet",
			address_text(&fact->local, local), state_name(fact->state));
	else if (own && fact->receive_queue > 0)
		snprintf(waiting->found, sizeof waiting->found, "%s with %u %s not taken",
			address_text(&fact->local, local), fact->receive_queue,
			fact->state == LISTEN ? "connections" : "bytes");
	else
		return false;
	return true;
}

/* Whether no socket keeps the program busy. A CLIENT without a socket has not begun yet. */
static bool sockets_wait(struct waiting *waiting)
{
	struct error error;
	size_t own_count = 0;

	for (enum protocol protocol = TCP; protocol <= UDP; protocol++) {
		must(sockets_read(&context.sockets, protocol, &error), &error);
		for (size_t i = 0; i < context.sockets.count; i++) {
			const struct socket_fact *fact = &context.sockets.list[i];
			bool of_server = fact->local.port == waiting->port;
			bool of_client = fact->remote.port == waiting->port;
			bool own = waiting->side == SERVER ? of_server : of_client;
			own_count += own;
			if ((of_server || of_client) && is_busy(waiting, fact, own))
				return false;
		}
	}
	snprintf(waiting->found, sizeof waiting->found, "no socket of %s for port %u",
		side_name(waiting->side), waiting->port);
	return waiting->side == SERVER || own_count > 0;
}

static bool waits_or_ended(void *argument)
{
	struct waiting *waiting = argument;

	return waiting->program->ended || (sockets_wait(waiting) && threads_sleep(waiting));
}

void case_until_waiting(
	const struct place *place, struct program *program, enum side side, uint16_t port)
{
	struct waiting waiting = {.program = program, .side = side, .port = port};
	struct wait wait = {
		.met = waits_or_ended, .argument = &waiting, .descriptor = -1, .asks_kernel = true};

	context_at(place);
	context_port(port);
	/* What was sent before is then in the queues, and shows there until it has been taken. */
	must_settle();
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for %s to wait for its peer; found %s", wait_seconds(),
			program->name, waiting.found);
}
