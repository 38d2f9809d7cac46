/* Verbs that wait until a program listens, or until none does. */
#include "verbs/listening.h"

#include "kernel/processes.h"
#include "kernel/socket_holders.h"
#include "verbs/argument_checks.h"
#include "verbs/numeric_address.h"
#include "verbs/socket_search.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <stdbool.h>
#include <time.h>

/* What a program that is not waiting computes before it is taken for one that never does. */
#define COMPUTED_ENOUGH INT64_C(10000000)

/* A listener that is waited for. */
struct awaited_listener {
	struct awaited_socket socket;
	const struct program *given_up; /* it was to listen, and ended with an error */
	unsigned asked;                 /* how often it was looked for */
	int64_t used; /* what the last program had used of the processor when the socket was there;
			 0: not yet */
};

/*
 * To read all TCP listeners costs more than most programs need to start listening, so while that
 * is waited for they are read every fourth time, or when the usual addresses have one.
 */
static bool is_there_now(struct awaited_listener *awaited)
{
	struct error error;
	bool listens = true;

	if (awaited->socket.protocol == TCP && ++awaited->asked % 4 != 0)
		must(sockets_have_listener(
			     &context.sockets, awaited->socket.port, &listens, &error),
			&error);
	return listens && socket_is_there(&awaited->socket);
}

/* Nanoseconds of the processor that a program has used; at least 1. */
static int64_t processor_used(const struct program *program)
{
	clockid_t clock;
	struct timespec used = {0};

	if (clock_getcpuclockid(program->pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
		return 1;
	return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec + 1;
}

/* Whether no thread of a program is at work; one that is stopped cannot be. */
static bool is_asleep(const struct program *program)
{
	struct processes processes = {0};
	struct error error;

	must(processes_read(&processes, program->mark, &error), &error);
	bool asleep = processes_beyond(&processes, THREADS_ASLEEP | THREADS_STOPPED) == NULL;
	processes_free(&processes);
	return asleep;
}

/*
 * A UDP socket is bound before it joins its groups and sets its options, and only then does its
 * program wait. One that looks again and again does not wait, and is not waited for either.
 */
static bool is_ready(struct awaited_listener *awaited)
{
	const struct program *last = context_last_program();

	if (awaited->socket.protocol == TCP || last == NULL || last->ended || is_asleep(last))
		return true;
	int64_t used = processor_used(last);
	if (awaited->used == 0)
		awaited->used = used;
	return used - awaited->used > COMPUTED_ENOUGH;
}

/* A program that ends well may have left a daemon behind, which is still to listen. */
static bool listens_or_never_will(void *argument)
{
	struct awaited_listener *awaited = argument;
	const struct program *last = context_last_program();

	if (is_there_now(awaited))
		return is_ready(awaited);
	if (last == NULL || !last->ended || last->status == 0)
		return false;
	if (!socket_is_there(&awaited->socket))
		awaited->given_up = last;
	return true;
}

/* "listening on port 8898" or "listening on 127.0.0.1:8898" */
static void describe_awaited(struct buffer *out, const struct awaited_socket *awaited)
{
	char text[ADDRESS_TEXT];

	buffer_printf(out, "%s socket listening on ", protocol_name(awaited->protocol));
	if (awaited->at != NULL)
		buffer_printf(out, "%s", address_text(awaited->at, text));
	else
		buffer_printf(out, "port %u", awaited->port);
}

_Noreturn static void nobody_listens(const struct awaited_listener *awaited)
{
	struct buffer what, seen, end;

	buffer_init(&what, 256);
	describe_awaited(&what, &awaited->socket);
	buffer_init(&seen, 8192);
	sockets_describe(&seen, awaited->socket.protocol, awaited->socket.state);
	if (awaited->given_up == NULL)
		case_over(FAIL, "waited %g s for a %s; found %s", wait_seconds(),
			buffer_text(&what), buffer_text(&seen));
	buffer_init(&end, 256);
	program_describe_end(awaited->given_up, &end);
	case_over(FAIL, "expected a %s; %s ended: %s; found %s", buffer_text(&what),
		awaited->given_up->name, buffer_text(&end), buffer_text(&seen));
}

/* `at`: its address; NULL: any. */
static void await_listener(enum protocol protocol, const struct address *at, uint16_t port)
{
	struct awaited_listener awaited = {.socket = listener_of(protocol, port)};
	struct wait wait = {.met = listens_or_never_will,
		.argument = &awaited,
		.descriptor = -1,
		.asks_kernel = true};

	awaited.socket.at = at;
	context_port(port);
	if (!(wait_for(&wait) || socket_is_there(&awaited.socket)) || awaited.given_up != NULL)
		nobody_listens(&awaited);
}

void case_until_listening(const struct place *place, enum protocol protocol, uint16_t port)
{
	must_be_protocol(place, protocol);
	context_at(place);
	await_listener(protocol, NULL, port);
}

void case_until_listening_at(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	must_be_protocol(place, protocol);
	context_at(place);
	const struct address at = numeric_address(host, port);
	await_listener(protocol, &at, port);
}

/* "TCP port 8898; found sh (12) with TCP 127.0.0.1:8898 in LISTEN" */
static void describe_listener(struct buffer *out, const struct awaited_socket *awaited)
{
	buffer_printf(out, "%s port %u; found ", protocol_name(awaited->protocol), awaited->port);
	sockets_describe(out, awaited->protocol, awaited->state);
}

void case_until_not_listening(const struct place *place, enum protocol protocol, uint16_t port)
{
	must_be_protocol(place, protocol);
	context_at(place);
	struct awaited_socket awaited = listener_of(protocol, port);
	struct buffer seen;

	context_port(port);
	if (wait_for_socket(socket_is_gone, &awaited))
		return;
	buffer_init(&seen, 8192);
	describe_listener(&seen, &awaited);
	case_over(
		FAIL, "waited %g s for nobody to listen on %s", wait_seconds(), buffer_text(&seen));
}

void case_expect_not_listening(const struct place *place, enum protocol protocol, uint16_t port)
{
	must_be_protocol(place, protocol);
	context_at(place);
	struct awaited_socket awaited = listener_of(protocol, port);
	struct buffer seen;

	context_port(port);
	bool held = wait_for_programs(socket_is_gone, &awaited);
	buffer_init(&seen, 8192);
	if (!held)
		describe_listener(&seen, &awaited);
	expect_that(held, "expected nobody to listen on %s", buffer_text(&seen));
	buffer_free(&seen);
}

/* What a program that is to give up comes to. */
struct giving_up {
	const struct program *program;
	bool listens;
};

/* On the host's loopback others listen too: there only the case's ports are looked at. */
static bool listens_or_ended(void *argument)
{
	struct giving_up *giving_up = argument;
	struct error error;

	must(sockets_read(&context.sockets, TCP, &error), &error);
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		bool ours = context.settings->isolated || context_has_port(fact->local.port);
		giving_up->listens = giving_up->listens || (ours && fact->state == LISTEN);
	}
	return giving_up->listens || giving_up->program->ended;
}

/* Why a program can listen where it should not: it shares the port with who had it before. */
static void explain_listening(struct buffer *out)
{
	struct processes processes = {0};
	struct sharing all = {false, false};
	struct error error;

	must(processes_read(&processes, 0, &error), &error);
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		struct sharing one;
		if (fact->state != LISTEN || !context_owns(&fact->local, &fact->remote) ||
			!socket_sharing(fact, &processes, &one))
			continue;
		all.reuse_address = all.reuse_address || one.reuse_address;
		all.reuse_port = all.reuse_port || one.reuse_port;
	}
	if (all.reuse_address)
		buffer_printf(out, "\nSO_REUSEADDR lets a socket listen on a port on which "
				   "connections are in TIME-WAIT (socket(7))");
	if (all.reuse_port)
		buffer_printf(out,
			"\nSO_REUSEPORT lets a socket share a port with others that have "
			"it (socket(7))");
	processes_free(&processes);
}

void case_until_given_up(const struct place *place, struct program *program)
{
	struct giving_up giving_up = {.program = program};
	struct wait wait = {.met = listens_or_ended,
		.argument = &giving_up,
		.descriptor = -1,
		.asks_kernel = true};
	struct buffer seen;

	context_at(place);
	if (wait_for(&wait) && !giving_up.listens)
		return;
	buffer_init(&seen, 8192);
	sockets_describe(&seen, TCP, LISTEN);
	explain_listening(&seen);
	if (giving_up.listens)
		case_over(FAIL, "expected %s to end and nobody to listen; found %s", program->name,
			buffer_text(&seen));
	case_over(FAIL, "%s: expected to end, still running after %g s; found %s", program->name,
		wait_seconds(), buffer_text(&seen));
}
