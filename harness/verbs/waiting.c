/* Verbs that wait until a program waits for its peer. */
#include "verbs/waiting.h"

#include "kernel/processes.h"
#include "verbs/argument_checks.h"
#include "worker/context.h"
#include "worker/settle.h"
#include "worker/socket_list.h"
#include "worker/wait.h"

#include <stdbool.h>

struct waiting {
	const struct program *program;
	enum side side;
	uint16_t port;
	struct processes processes;
	struct buffer found; /* what it was last seen to do instead */
};

/* Whether every thread of every process of the program sleeps, or has ended. */
static bool processes_sleep(struct waiting *waiting)
{
	struct error error;

	must(processes_read(&waiting->processes, waiting->program->mark, &error), &error);
	const struct process *awake = processes_beyond(&waiting->processes, THREADS_ASLEEP);
	if (awake == NULL)
		return true;
	buffer_clear(&waiting->found);
	buffer_printf(&waiting->found, "process %d (%s) is %s, with nothing left to take",
		awake->pid, awake->name,
		process_state_name(process_state_beyond(awake, THREADS_ASLEEP)));
	return false;
}

/* Whether a socket has something that has not been taken or, on TCP, is still on its way. */
static bool is_busy(struct waiting *waiting, const struct socket_fact *fact, bool own)
{
	bool is_quiet = fact->protocol != TCP || socket_is_quiet(fact);

	if (is_quiet && (!own || socket_untaken(fact) == 0))
		return false;
	buffer_clear(&waiting->found);
	socket_describe(&waiting->found, fact);
	if (!is_quiet)
		buffer_printf(&waiting->found, ", not quiet");
	return true;
}

/* Whether no socket keeps the program busy. A CLIENT without a socket has not begun yet. */
static bool sockets_wait(struct waiting *waiting)
{
	struct error error;
	size_t own_count = 0;

	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++) {
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
	buffer_clear(&waiting->found);
	buffer_printf(&waiting->found, "no socket of %s for port %u", side_name(waiting->side),
		waiting->port);
	return waiting->side == SERVER || own_count > 0;
}

/* Its first process has ended, and no daemon of it is left. */
static bool nobody_is_left(struct waiting *waiting)
{
	struct error error;

	if (!waiting->program->ended)
		return false;
	must(processes_read(&waiting->processes, waiting->program->mark, &error), &error);
	return processes_beyond(&waiting->processes, THREADS_ENDED) == NULL;
}

static bool waits_or_ended(void *argument)
{
	struct waiting *waiting = argument;

	return nobody_is_left(waiting) || (sockets_wait(waiting) && processes_sleep(waiting));
}

void case_until_waiting(
	const struct place *place, struct program *program, enum side side, uint16_t port)
{
	struct waiting waiting = {.program = program, .side = side, .port = port};
	struct wait wait = {
		.met = waits_or_ended, .argument = &waiting, .descriptor = -1, .asks_kernel = true};

	must_be_side(place, side);
	context_at(place);
	context_port(port);
	/* What was sent before is then in the queues, and shows there until it has been taken. */
	must_settle();
	buffer_init(&waiting.found, 512);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for %s to wait for its peer; found %s", wait_seconds(),
			program->name, buffer_text(&waiting.found));
	buffer_free(&waiting.found);
	processes_free(&waiting.processes);
}
