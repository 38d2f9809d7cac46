/* Verbs about the options of a program's sockets. */
#include "verbs/program_options.h"

#include "kernel/socket_holders.h"
#include "verbs/argument_checks.h"
#include "verbs/socket_search.h"
#include "worker/context.h"
#include "worker/socket_list.h"
#include "worker/wait.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* An option that sockets of a program are to have. */
struct awaited_option {
	const struct program *program;
	enum protocol protocol;
	uint16_t port;
	bool is_connected; /* of connected sockets; otherwise of those that listen */
	int level, name, value;
	size_t sockets;           /* how many there are */
	struct socket_fact other; /* one of them that has it not, */
	int found;                /* but this, */
	int cause; /* or of which getsockopt(2) fails with this errno; 0: it does not */
	bool all_have_it;
};

static bool is_awaited(const struct awaited_option *awaited, const struct socket_fact *fact)
{
	bool listens = fact->state == listening_state(fact->protocol);

	if (fact->inode == 0)
		return false;
	if (!awaited->is_connected)
		return listens && fact->local.port == awaited->port;
	return !listens && fact->remote.port != 0 &&
	       (fact->local.port == awaited->port || fact->remote.port == awaited->port);
}

/* Whether one of the program's own processes has the socket open, and not the case alone. */
static bool is_programs(const struct holders *holders)
{
	return holders->count > 1 || (holders->count == 1 && holders->first[0].pid != getpid());
}

/* Asks a socket of the program for the option. */
static void ask(struct awaited_option *awaited, const struct socket_fact *fact,
	const struct holders *holders)
{
	int found = 0, handle = holders_open(holders);
	socklen_t length = sizeof found;

	if (handle < 0 && (errno == ENOSYS || errno == EPERM))
		case_over(SKIP, "the sockets of %s are not handed over: %s", awaited->program->name,
			strerror(errno));
	if (handle < 0)
		return; /* closed meanwhile */
	awaited->sockets++;
	int cause =
		getsockopt(handle, awaited->level, awaited->name, &found, &length) == 0 ? 0 : errno;
	close(handle);
	if (cause == 0 && found == awaited->value)
		return;
	awaited->all_have_it = false;
	awaited->other = *fact;
	awaited->found = found;
	awaited->cause = cause;
}

static bool sockets_have_it(void *argument)
{
	struct awaited_option *awaited = argument;
	struct processes processes = {0};
	struct error error;

	must(processes_read(&processes, awaited->program->mark, &error), &error);
	must(sockets_read(&context.sockets, awaited->protocol, &error), &error);
	awaited->sockets = 0;
	awaited->all_have_it = true;
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		struct holders holders = {.inode = fact->inode};
		if (!is_awaited(awaited, fact))
			continue;
		holders_find(&holders, 1, &processes);
		if (is_programs(&holders))
			ask(awaited, fact, &holders);
	}
	processes_free(&processes);
	return awaited->sockets > 0 && awaited->all_have_it;
}

/* Records that the program has no such socket. */
static void no_socket(const struct awaited_option *awaited)
{
	struct buffer seen;

	buffer_init(&seen, 8192);
	sockets_describe(&seen, awaited->protocol,
		awaited->is_connected ? ESTABLISHED : listening_state(awaited->protocol));
	expect_that(false, "expected a %s socket of %s %s port %u; found %s",
		protocol_name(awaited->protocol), awaited->program->name,
		awaited->is_connected ? "connected on" : "listening on", awaited->port,
		buffer_text(&seen));
	buffer_free(&seen);
}

static void expect_option_of(struct awaited_option *awaited)
{
	struct buffer found;

	context_port(awaited->port);
	bool held = wait_for_programs(sockets_have_it, awaited);
	if (awaited->sockets == 0) {
		no_socket(awaited);
		return;
	}
	buffer_init(&found, 1024);
	if (awaited->cause != 0)
		buffer_printf(&found, "%s", strerror(awaited->cause));
	else
		buffer_printf(&found, "%d", awaited->found);
	if (!held) {
		buffer_printf(&found, " of ");
		socket_describe(&found, &awaited->other);
	}
	expect_that(held, "%s: getsockopt: expected %d, found %s", awaited->program->name,
		awaited->value, buffer_text(&found));
	buffer_free(&found);
}

void case_expect_listener_option(const struct place *place, struct program *program,
	enum protocol protocol, uint16_t port, int level, int name, int value)
{
	struct awaited_option awaited = {.program = program,
		.protocol = protocol,
		.port = port,
		.level = level,
		.name = name,
		.value = value};

	must_be_protocol(place, protocol);
	context_at(place);
	expect_option_of(&awaited);
}

void case_expect_connected_option(const struct place *place, struct program *program,
	enum protocol protocol, uint16_t port, int level, int name, int value)
{
	struct awaited_option awaited = {.program = program,
		.protocol = protocol,
		.port = port,
		.is_connected = true,
		.level = level,
		.name = name,
		.value = value};

	must_be_protocol(place, protocol);
	context_at(place);
	expect_option_of(&awaited);
}
