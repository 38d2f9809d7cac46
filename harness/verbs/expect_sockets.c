/* Verbs about the kernel's sockets: who listens, and in which state a connection is. */
#include "verbs/wirecheck.h"

#include "kernel/socket_holders.h"
#include "kernel/processes.h"
#include "worker/settle.h"
#include "worker/socket_list.h"
#include "worker/wait.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Addresses that one port is listened on. */
#define BOUND_MAXIMUM 16

/* What a wait for a socket looks for. */
struct sought {
	enum protocol protocol;
	uint16_t port;
	enum socket_state state;
	const struct address *at;       /* where it is to listen; NULL: on any address */
	const struct program *given_up; /* it was to listen, and ended with an error */
	unsigned asked;
	int64_t used; /* of the processor by the last program, when the socket was there; 0: not yet
		       */
};

/* What a program that is not waiting computes before it is taken for one that never does. */
#define COMPUTED_ENOUGH INT64_C(10000000)

static bool is_there(void *argument)
{
	const struct sought *sought = argument;
	const struct sockets *sockets = &context.sockets;
	struct error error;

	must(sockets_read_in(&context.sockets, sought->protocol, STATE(sought->state), &error),
		&error);
	for (size_t i = 0; i < sockets->count; i++)
		if (sockets->list[i].local.port == sought->port &&
			sockets->list[i].state == sought->state &&
			(sought->at == NULL || address_equal(&sockets->list[i].local, sought->at)))
			return true;
	return false;
}

static bool is_gone(void *argument)
{
	return !is_there(argument);
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
static bool is_ready(struct sought *sought)
{
	if (sought->protocol == TCP || context.program_count == 0)
		return true;
	const struct program *last = context.programs[context.program_count - 1];
	if (last->ended || is_asleep(last))
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

/*
 * Lists the sockets that there are now, with who holds them; those on the case's ports in the
 * state that was sought come first.
 */
static void describe_sockets(struct buffer *out, enum protocol protocol, enum socket_state sought)
{
	const struct socket_listing line = socket_list_in_line(sought);
	struct processes processes = {0};
	struct error error;

	must(sockets_read(&context.sockets, protocol, &error), &error);
	must(processes_read(&processes, 0, &error), &error);
	if (socket_list(out, &context.sockets, &processes, &line) == 0)
		buffer_printf(out, "no %s socket", protocol_name(protocol));
	processes_free(&processes);
}

/* "listening on port 8898" or "listening on 127.0.0.1:8898" */
static void describe_sought(struct buffer *out, const struct sought *sought)
{
	char text[ADDRESS_TEXT];

	buffer_printf(out, "%s socket listening on ", protocol_name(sought->protocol));
	if (sought->at != NULL)
		buffer_printf(out, "%s", address_text(sought->at, text));
	else
		buffer_printf(out, "port %u", sought->port);
}

_Noreturn static void nobody_listens(const struct sought *sought)
{
	struct buffer what, seen, end;

	buffer_init(&what, 256);
	describe_sought(&what, sought);
	buffer_init(&seen, 8192);
	describe_sockets(&seen, sought->protocol, sought->state);
	if (sought->given_up == NULL)
		case_over(FAIL, "waited %g s for a %s; found %s", wait_seconds(),
			buffer_text(&what), buffer_text(&seen));
	buffer_init(&end, 256);
	program_describe_end(sought->given_up, &end);
	case_over(FAIL, "expected a %s; %s ended: %s; found %s", buffer_text(&what),
		sought->given_up->name, buffer_text(&end), buffer_text(&seen));
}

static void await_listener(struct sought *sought)
{
	struct wait wait = {.met = listens_or_never_will,
		.argument = sought,
		.descriptor = -1,
		.asks_kernel = true};

	sought->state = sought->protocol == TCP ? LISTEN : CLOSE;
	context_port(sought->port);
	if (!(wait_for(&wait) || is_there(sought)) || sought->given_up != NULL)
		nobody_listens(sought);
}

void case_until_listening(const struct place *place, enum protocol protocol, uint16_t port)
{
	struct sought sought = {.protocol = protocol, .port = port};

	context_at(place);
	await_listener(&sought);
}

static struct address numeric_address(const char *host, uint16_t port)
{
	struct address address;

	if (!address_parse(&address, host, port))
		case_over(BROKEN, "%s is not a numeric address", host);
	return address;
}

void case_until_listening_at(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	struct address at;
	struct sought sought = {.protocol = protocol, .port = port, .at = &at};

	context_at(place);
	at = numeric_address(host, port);
	await_listener(&sought);
}

/* Whether what comes to this port from anybody comes to this socket. */
static bool listens_on(const struct socket_fact *fact, uint16_t port)
{
	return fact->local.port == port && fact->state == (fact->protocol == TCP ? LISTEN : CLOSE);
}

/* The socket that listens, as it is now; NULL, and a failure is recorded, when there is none. */
static const struct socket_fact *listener_on(enum protocol protocol, uint16_t port)
{
	struct sought sought = {
		.protocol = protocol, .port = port, .state = protocol == TCP ? LISTEN : CLOSE};
	struct error error;

	(void)wait_for_programs(is_there, &sought);
	must(sockets_read(&context.sockets, protocol, &error), &error);
	for (size_t i = 0; i < context.sockets.count; i++)
		if (listens_on(&context.sockets.list[i], port))
			return &context.sockets.list[i];
	expect_that(false, "expected a %s socket listening on port %u; found none",
		protocol_name(protocol), port);
	return NULL;
}

static bool is_one_of(const struct address *address, const struct address list[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (address_equal(address, &list[i]))
			return true;
	return false;
}

/* Whether a socket listens on each of the addresses, and on no other. */
static bool is_bound_to_all(uint16_t port, const struct address expected[], size_t count)
{
	bool there[BOUND_MAXIMUM] = {false}, all = true;

	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		if (!listens_on(fact, port))
			continue;
		if (!is_one_of(&fact->local, expected, count))
			return false;
		for (size_t j = 0; j < count; j++)
			there[j] = there[j] || address_equal(&fact->local, &expected[j]);
	}
	for (size_t j = 0; j < count; j++)
		all = all && there[j];
	return all;
}

/* Addresses on which a port is to be listened on. */
struct awaited_bound {
	enum protocol protocol;
	uint16_t port;
	const struct address *expected;
	size_t count;
};

/* Whether a socket listens on each of them, or one elsewhere: then waiting does not help. */
static bool bound_or_elsewhere(void *argument)
{
	const struct awaited_bound *awaited = argument;
	struct error error;

	must(sockets_read(&context.sockets, awaited->protocol, &error), &error);
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		if (listens_on(fact, awaited->port) &&
			!is_one_of(&fact->local, awaited->expected, awaited->count))
			return true;
	}
	return is_bound_to_all(awaited->port, awaited->expected, awaited->count);
}

static void expect_bound(
	enum protocol protocol, uint16_t port, const struct address expected[], size_t count)
{
	struct awaited_bound awaited = {protocol, port, expected, count};
	struct buffer addresses, seen;
	char text[ADDRESS_TEXT];

	(void)wait_for_programs(bound_or_elsewhere, &awaited);

	if (listener_on(protocol, port) == NULL)
		return;
	if (is_bound_to_all(port, expected, count)) {
		expect_text(true, "");
		return;
	}
	buffer_init(&addresses, 1024);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&addresses, "%s%s",
			i == 0           ? ""
			: i + 1 == count ? " and "
					 : ", ",
			address_text(&expected[i], text));
	buffer_init(&seen, 8192);
	describe_sockets(&seen, protocol, protocol == TCP ? LISTEN : CLOSE);
	expect_that(false, "expected a %s socket listening on %s and no other address; found %s",
		protocol_name(protocol), buffer_text(&addresses), buffer_text(&seen));
	buffer_free(&addresses);
	buffer_free(&seen);
}

void case_expect_bound_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	context_at(place);
	context_port(port);
	const struct address expected = numeric_address(host, port);
	expect_bound(protocol, port, &expected, 1);
}

void case_expect_bound_to_all(const struct place *place, enum protocol protocol, uint16_t port,
	const char *const hosts[], size_t count)
{
	struct address expected[BOUND_MAXIMUM];

	context_at(place);
	context_port(port);
	if (count > BOUND_MAXIMUM)
		case_over(BROKEN, "more than %d addresses", BOUND_MAXIMUM);
	for (size_t i = 0; i < count; i++)
		expected[i] = numeric_address(hosts[i], port);
	expect_bound(protocol, port, expected, count);
}

/* Whether a second socket, having this option, can be bound where the first one is. */
static bool can_bind_with(const struct socket_fact *first, int option)
{
	struct sockaddr_storage address;
	socklen_t length = address_to_socket(&first->local, &address);
	int type = first->protocol == TCP ? SOCK_STREAM : SOCK_DGRAM;
	int on = 1, handle = socket(address.ss_family, type | SOCK_CLOEXEC,
			    protocol_number(first->protocol));

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
	struct buffer seen;

	context_at(place);
	context_port(port);
	const struct socket_fact *listener = listener_on(protocol, port);
	if (listener == NULL)
		return;
	address_text(&listener->local, text);
	bool reuseaddr = can_bind_with(listener, SO_REUSEADDR);
	bool reuseport = can_bind_with(listener, SO_REUSEPORT);
	if (!reuseaddr && !reuseport) {
		expect_text(true, "");
		return;
	}
	buffer_init(&seen, 8192);
	describe_sockets(&seen, protocol, protocol == TCP ? LISTEN : CLOSE);
	expect_that(false,
		"expected nobody else to get %s %s; a second socket with %s got it; found %s",
		protocol_name(protocol), text, reuseaddr ? "SO_REUSEADDR" : "SO_REUSEPORT",
		buffer_text(&seen));
	buffer_free(&seen);
}

/* A port that is to be listened on with room for so many clients. */
struct awaited_backlog {
	uint16_t port;
	unsigned clients;
};

static bool has_room(void *argument)
{
	const struct awaited_backlog *awaited = argument;
	struct error error;

	must(sockets_read_in(&context.sockets, TCP, STATE(LISTEN), &error), &error);
	for (size_t i = 0; i < context.sockets.count; i++)
		if (context.sockets.list[i].local.port == awaited->port &&
			context.sockets.list[i].send_queue >= awaited->clients)
			return true;
	return false;
}

void case_expect_backlog(const struct place *place, uint16_t port, unsigned clients)
{
	struct awaited_backlog awaited = {port, clients};

	context_at(place);
	context_port(port);
	(void)wait_for_programs(has_room, &awaited);
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
	describe_sockets(&seen, TCP, LISTEN);
	explain_listening(&seen);
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
	buffer_init(&seen, 8192);
	describe_sockets(&seen, TCP, state);
	context_note_port_next(port);
	case_over(FAIL, "waited %g s for a socket on port %u in %s; found %s", wait_seconds(), port,
		state_name(state), buffer_text(&seen));
}

/* `expected`: "a socket" or "no socket". */
static void expect_in_state(bool held, const char *expected, uint16_t port, enum socket_state state)
{
	struct buffer seen;

	buffer_init(&seen, 8192);
	if (!held) {
		describe_sockets(&seen, TCP, state);
		context_note_port_next(port);
	}
	expect_that(held, "expected %s on port %u in %s; found %s", expected, port,
		state_name(state), buffer_text(&seen));
	buffer_free(&seen);
}

void case_expect_state(const struct place *place, uint16_t port, enum socket_state state)
{
	struct sought sought = {.protocol = TCP, .port = port, .state = state};

	context_at(place);
	context_port(port);
	expect_in_state(wait_for_programs(is_there, &sought), "a socket", port, state);
}

void case_expect_no_state(const struct place *place, uint16_t port, enum socket_state state)
{
	struct sought sought = {.protocol = TCP, .port = port, .state = state};

	context_at(place);
	context_port(port);
	must_settle();
	expect_in_state(wait_for_programs(is_gone, &sought), "no socket", port, state);
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
	if (wait_for(&wait))
		return;
	context_note_socket_next(endpoint);
	case_over(FAIL, "waited %g s for %s to %s to be in %s; found it in %s", wait_seconds(),
		address_text(&sought.local, local), address_text(&sought.remote, remote),
		state_name(state), state_name(sought.found));
}
