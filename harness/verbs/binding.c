/* Verbs about where a port is listened on, and whether another program could listen there too. */
#include "verbs/binding.h"

#include "verbs/argument_checks.h"
#include "verbs/numeric_address.h"
#include "verbs/socket_search.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Addresses that one port is listened on. */
#define BOUND_MAXIMUM 16

/* Whether what comes to this port from anybody comes to this socket. */
static bool listens_on(const struct socket_fact *fact, uint16_t port)
{
	return fact->local.port == port && fact->state == listening_state(fact->protocol);
}

static void no_listener(enum protocol protocol, uint16_t port)
{
	expect_that(false, "expected a %s socket listening on port %u; found none",
		protocol_name(protocol), port);
}

/* The socket that listens, as it is now; NULL, and a failure is recorded, when there is none. */
static const struct socket_fact *listener_on(enum protocol protocol, uint16_t port)
{
	struct awaited_socket awaited = listener_of(protocol, port);
	struct error error;

	(void)wait_for_programs(socket_is_there, &awaited);
	must(sockets_read(&context.sockets, protocol, &error), &error);
	for (size_t i = 0; i < context.sockets.count; i++)
		if (listens_on(&context.sockets.list[i], port))
			return &context.sockets.list[i];
	no_listener(protocol, port);
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
	sockets_describe(&seen, protocol, listening_state(protocol));
	expect_that(false, "expected a %s socket listening on %s and no other address; found %s",
		protocol_name(protocol), buffer_text(&addresses), buffer_text(&seen));
	buffer_free(&addresses);
	buffer_free(&seen);
}

void case_expect_bound_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	must_be_protocol(place, protocol);
	context_at(place);
	context_port(port);
	const struct address expected = numeric_address(host, port);
	expect_bound(protocol, port, &expected, 1);
}

void case_expect_bound_to_all(const struct place *place, enum protocol protocol, uint16_t port,
	const char *const hosts[], size_t count)
{
	struct address expected[BOUND_MAXIMUM];

	must_be_protocol(place, protocol);
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

	must_be_protocol(place, protocol);
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
	sockets_describe(&seen, protocol, listening_state(protocol));
	expect_that(false,
		"expected nobody else to get %s %s; a second socket with %s got it; found %s",
		protocol_name(protocol), text, reuseaddr ? "SO_REUSEADDR" : "SO_REUSEPORT",
		buffer_text(&seen));
	buffer_free(&seen);
}

/* A port that is to be listened on with room for `clients`. */
struct awaited_backlog {
	uint16_t port;
	unsigned clients;
	bool listens;
	unsigned found; /* of those that listen, the most room that one has */
};

static bool has_room(void *argument)
{
	struct awaited_backlog *awaited = argument;
	struct error error;

	must(sockets_read_in(&context.sockets, TCP, STATE(LISTEN), &error), &error);
	awaited->listens = false;
	awaited->found = 0;
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		if (!listens_on(fact, awaited->port))
			continue;
		awaited->listens = true;
		if (fact->send_queue > awaited->found)
			awaited->found = fact->send_queue;
	}
	return awaited->listens && awaited->found >= awaited->clients;
}

void case_expect_backlog(const struct place *place, uint16_t port, unsigned clients)
{
	struct awaited_backlog awaited = {.port = port, .clients = clients};

	context_at(place);
	context_port(port);
	bool held = wait_for_programs(has_room, &awaited);
	if (!awaited.listens)
		no_listener(TCP, port);
	else
		expect_that(held, "expected a backlog of at least %u on port %u, found %u", clients,
			port, awaited.found);
}
