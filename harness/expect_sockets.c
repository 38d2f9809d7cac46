/* Verbs about the kernel's sockets: who listens, and in which state a connection is. */
#include "wirecheck.h"

#include "threads.h"
#include "wait.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a wait for a socket looks for. */
struct sought {
	enum protocol protocol;
	uint16_t port;
	enum socket_state state;
	const struct program *given_up; /* it was to listen, and ended with an error */
	unsigned asked;
	int64_t used; /* of the processor by the last program, when the socket was there; 0: not yet */
};

/* What a program that is not waiting computes before it is taken for one that never does. */
#define COMPUTED_ENOUGH INT64_C(10000000)

static bool is_there(void *argument)
{
	const struct sought *sought = argument;
	struct error error;

	must(sockets_read_in(&context.sockets, sought->protocol, STATE(sought->state), &error),
		&error);
	return sockets_find(&context.sockets, sought->port, sought->state) != NULL;
}

/*
 * To read all TCP listeners costs more than most programs need to start listening, so while that
 * is waited for they are read every fourth time, or when the usual addresses have one.
 */
static bool is_there_now(struct sought *sought)
{
	struct error error;
	bool listens = true;

	if (sought->protocol == TCP && ++sought->asked % 4 != 0)
		must(sockets_have_listener(&context.sockets, sought->port, &listens, &error),
			&error);
	return listens && is_there(sought);
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

/*
 * A UDP socket is bound before it joins its groups and sets its options, and only then does its
 * program wait. One that looks again and again does not wait, and is not waited for either.
 */
static bool is_ready(struct sought *sought)
{
	if (sought->protocol == TCP || context.program_count == 0)
		return true;
	const struct program *last = context.programs[context.program_count - 1];
	if (last->ended || threads_beyond(last, "STtZX") == 0)
		return true;
	int64_t used = processor_used(last);
	if (sought->used == 0)
		sought->used = used;
	return used - sought->used > COMPUTED_ENOUGH;
}

/* A program that ends well may have left a daemon behind, which is still to listen. */
static bool listens_or_never_will(void *argument)
{
	struct sought *sought = argument;

	if (is_there_now(sought))
		return is_ready(sought);
	if (context.program_count == 0)
		return false;
	const struct program *last = context.programs[context.program_count - 1];
	if (!last->ended || last->status == 0)
		return false;
	if (!is_there(sought))
		sought->given_up = last;
	return true;
}

/* Lists the sockets that there are now, in any state. */
static void describe_sockets(struct buffer *out, enum protocol protocol)
{
	char local[ADDRESS_TEXT], remote[ADDRESS_TEXT];
	struct error error;

	must(sockets_read(&context.sockets, protocol, &error), &error);

	if (context.sockets.count == 0)
		buffer_printf(out, "no %s socket", protocol_name(protocol));
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		buffer_printf(out, "%s%s", i > 0 ? ", " : "", address_text(&fact->local, local));
		if (fact->remote.port != 0)
			buffer_printf(out, " to %s", address_text(&fact->remote, remote));
		if (protocol == TCP)
			buffer_printf(out, " in %s", state_name(fact->state));
	}
}

void case_until_listening(const struct place *place, enum protocol protocol, uint16_t port)
{
	struct sought sought = {
		.protocol = protocol,
		.port = port,
		.state = protocol == TCP ? LISTEN : CLOSE,
	};
	struct wait wait = {.met = listens_or_never_will,
		.argument = &sought,
		.descriptor = -1,
		.asks_kernel = true};
	struct buffer seen;

	context_at(place);
	context_port(port);
	bool met = wait_for(&wait) || is_there(&sought);
	if (met && sought.given_up == NULL)
		return;
	buffer_init(&seen, 4096);
	if (sought.given_up != NULL) {
		program_describe_end(sought.given_up, &seen);
		case_over(FAIL, "expected a %s socket listening on port %u; %s ended: %s",
			protocol_name(protocol), port, sought.given_up->name, buffer_text(&seen));
	}
	describe_sockets(&seen, protocol);
	case_over(FAIL, "waited %g s for a %s socket listening on port %u; found %s",
		wait_seconds(), protocol_name(protocol), port, buffer_text(&seen));
}

/* Whether what comes to this port from anybody comes to this socket. */
static bool listens_on(const struct socket_fact *fact, uint16_t port)
{
	return fact->local.port == port && fact->state == (fact->protocol == TCP ? LISTEN : CLOSE);
}

/* The socket that listens, as it is now; NULL, and a failure is recorded, when there is none. */
static const struct socket_fact *listener_on(enum protocol protocol, uint16_t port)
{
	struct error error;

	must(sockets_read(&context.sockets, protocol, &error), &error);
	for (size_t i = 0; i < context.sockets.count; i++)
		if (listens_on(&context.sockets.list[i], port))
			return &context.sockets.list[i];
	expect_that(false, "expected a %s socket listening on port %u; found none",
		protocol_name(protocol), port);
	return NULL;
}

void case_expect_bound_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	struct address expected;
	char text[ADDRESS_TEXT];
	struct buffer seen;
	bool elsewhere = false;

	context_at(place);
	context_port(port);
	if (!address_parse(&expected, host, port))
		case_over(BROKEN, "%s is not a numeric address", host);
	if (listener_on(protocol, port) == NULL)
		return;
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		elsewhere = elsewhere ||
			    (listens_on(fact, port) && !address_equal(&fact->local, &expected));
	}
	buffer_init(&seen, 4096);
	describe_sockets(&seen, protocol);
	expect_that(!elsewhere,
		"expected a %s socket listening on %s and no other address; found %s",
		protocol_name(protocol), address_text(&expected, text), buffer_text(&seen));
	buffer_free(&seen);
}

/* Whether a second socket, having this option, can be bound where the first one is. */
static bool can_bind_with(const struct socket_fact *first, int option)
{
	struct sockaddr_storage address;
	socklen_t length = address_to_socket(&first->local, &address);
	int type = first->protocol == TCP ? SOCK_STREAM : SOCK_DGRAM;
	int on = 1, handle = socket(address.ss_family, type | SOCK_CLOEXEC, 0);

	bool made = handle >= 0 && setsockopt(handle, SOL_SOCKET, option, &on, sizeof on) == 0;
	bool bound = made && bind(handle, (struct sockaddr *)&address, length) == 0;
	int cause = errno;
	if (handle >= 0)
		close(handle);
	if (!made || (!bound && cause != EADDRINUSE))
		case_over(BROKEN, "a second socket to be bound: %s", strerror(cause));
	return bound;
}

void case_expect_unshared(const struct place *place, enum protocol protocol, uint16_t port)
{
	char text[ADDRESS_TEXT];

	context_at(place);
	context_port(port);
	const struct socket_fact *listener = listener_on(protocol, port);
	if (listener == NULL)
		return;
	bool reuseaddr = can_bind_with(listener, SO_REUSEADDR);
	bool reuseport = can_bind_with(listener, SO_REUSEPORT);
	expect_that(!reuseaddr && !reuseport,
		"expected nobody else to get %s %s; a second socket with %s got it",
		protocol_name(protocol), address_text(&listener->local, text),
		reuseaddr ? "SO_REUSEADDR" : "SO_REUSEPORT");
}

void case_expect_backlog(const struct place *place, uint16_t port, unsigned clients)
{
	context_at(place);
	context_port(port);
	const struct socket_fact *listener = listener_on(TCP, port);
	if (listener != NULL)
		expect_that(listener->send_queue >= clients,
			"expected a backlog of at least %u on port %u, found %u", clients, port,
			listener->send_queue);
}

/* What a program that is to give up comes to. */
struct giving_up {
	const struct program *program;
	bool listens;
};

/* On the host's loopback others listen too: there it is only told on the case's ports. */
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
	buffer_init(&seen, 4096);
	describe_sockets(&seen, TCP);
	if (giving_up.listens)
		case_over(FAIL, "expected %s to end and nobody to listen; found %s", program->name,
			buffer_text(&seen));
	case_over(FAIL, "%s: expected to end, still running after %g s; found %s", program->name,
		wait_seconds(), buffer_text(&seen));
}

void case_until_state(const struct place *place, uint16_t port, enum socket_state state)
{
	struct sought sought = {.protocol = TCP, .port = port, .state = state};
	struct wait wait = {
		.met = is_there, .argument = &sought, .descriptor = -1, .asks_kernel = true};
	struct buffer seen;

	context_at(place);
	context_port(port);
	if (wait_for(&wait))
		return;
	buffer_init(&seen, 4096);
	describe_sockets(&seen, TCP);
	case_over(FAIL, "waited %g s for a socket on port %u in %s; found %s", wait_seconds(), port,
		state_name(state), buffer_text(&seen));
}

void case_expect_state(const struct place *place, uint16_t port, enum socket_state state)
{
	struct sought sought = {.protocol = TCP, .port = port, .state = state};
	struct buffer seen;

	context_at(place);
	context_port(port);
	bool there = is_there(&sought);
	buffer_init(&seen, 4096);
	describe_sockets(&seen, TCP);
	expect_that(there, "expected a socket on port %u in %s; found %s", port, state_name(state),
		buffer_text(&seen));
	buffer_free(&seen);
}

void case_expect_no_state(const struct place *place, uint16_t port, enum socket_state state)
{
	struct sought sought = {.protocol = TCP, .port = port, .state = state};

	struct buffer seen;

	context_at(place);
	context_port(port);
	bool there = is_there(&sought);
	buffer_init(&seen, 4096);
	describe_sockets(&seen, TCP);
	expect_that(!there, "expected no socket on port %u in %s; found %s", port,
		state_name(state), buffer_text(&seen));
	buffer_free(&seen);
}

/* A connection by both its addresses, which tell its two sides apart. */
struct sought_socket {
	struct address local, remote;
	enum socket_state state, found;
};

static bool is_in_state(void *argument)
{
	struct sought_socket *sought = argument;
	struct error error;

	must(sockets_read(&context.sockets, TCP, &error), &error);
	sought->found = CLOSE;
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		if (address_equal(&fact->local, &sought->local) &&
			address_equal(&fact->remote, &sought->remote))
			sought->found = fact->state;
	}
	return sought->found == sought->state;
}

void case_until_socket_state(
	const struct place *place, const struct endpoint *endpoint, enum socket_state state)
{
	struct sought_socket sought = {.state = state,
		.local = endpoint_local(endpoint),
		.remote = endpoint_remote(endpoint)};
	struct wait wait = {
		.met = is_in_state, .argument = &sought, .descriptor = -1, .asks_kernel = true};

	char local[ADDRESS_TEXT], remote[ADDRESS_TEXT];

	context_at(place);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for %s to %s to be in %s; found it in %s",
			wait_seconds(), address_text(&sought.local, local),
			address_text(&sought.remote, remote), state_name(state),
			state_name(sought.found));
}
