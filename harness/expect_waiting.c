/* The verb that waits until a program waits: nothing is left for it to take, and it sleeps. */
#include "wirecheck.h"

#include "settle.h"
#include "wait.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

struct waiting {
	const struct program *program;
	enum side side;
	uint16_t port;
	char found[160]; /* what it was last seen to do instead */
};

/* The program's process ID as /proc has it, which may be the host's; 0 when it has ended. */
static long pid_in_proc(const struct program *program)
{
	char path[64], line[128];
	long pid = 0;

	if (program->pidfd < 0)
		return 0;
	snprintf(path, sizeof path, "/proc/self/fdinfo/%d", program->pidfd);
	FILE *file = fopen(path, "re");
	if (file == NULL)
		case_over(BROKEN, "open %s: %s", path, strerror(errno));
	while (fgets(line, sizeof line, file) != NULL && sscanf(line, "Pid: %ld", &pid) != 1)
		;
	fclose(file);
	return pid;
}

/* A thread's state in proc(5), `S` for instance, if it is in this process group; 0: it is not. */
static char state_in_group(const char *path, long group)
{
	char line[512], state = 0;
	long found = 0;
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return 0; /* it has just ended */
	const char *end_of_name =
		fgets(line, sizeof line, file) != NULL ? strrchr(line, ')') : NULL;
	fclose(file);
	if (end_of_name == NULL || sscanf(end_of_name + 1, " %c %*d %ld", &state, &found) != 2)
		return 0;
	return found == group ? state : 0;
}

/*
 * Whether every thread of the program sleeps, or has ended. It leads its own process group, which
 * has its children too: those of a script for instance.
 */
static bool threads_sleep(struct waiting *waiting)
{
	glob_t stats;
	char awake = 0;
	long group = pid_in_proc(waiting->program);

	if (group == 0)
		return true;
	if (glob("/proc/[0-9]*/task/[0-9]*/stat", GLOB_NOSORT, NULL, &stats) != 0)
		case_over(BROKEN, "no thread found in /proc");
	for (size_t i = 0; awake == 0 && i < stats.gl_pathc; i++) {
		char state = state_in_group(stats.gl_pathv[i], group);
		if (state != 0 && strchr("SZX", state) == NULL)
			awake = state;
	}
	globfree(&stats);
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
	struct error error;

	context_at(place);
	context_port(port);
	/* What was sent before is then in the queues, and shows there until it has been taken. */
	must(settle(&error), &error);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for %s to wait for its peer; found %s", wait_seconds(),
			program->name, waiting.found);
}
