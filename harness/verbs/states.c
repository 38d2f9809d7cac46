/* Verbs about the states of TCP sockets, of programs and of the case. */
#include "verbs/states.h"

#include "verbs/socket_search.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/settle.h"
#include "worker/wait.h"

#include <stdbool.h>

void case_until_state(const struct place *place, uint16_t port, enum socket_state state)
{
	struct awaited_socket awaited = {.protocol = TCP, .port = port, .state = state};
	struct buffer seen;

	context_at(place);
	context_port(port);
	if (wait_for_socket(socket_is_there, &awaited))
		return;
	buffer_init(&seen, 8192);
	sockets_describe(&seen, TCP, state);
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
		sockets_describe(&seen, TCP, state);
		context_note_port_next(port);
	}
	expect_that(held, "expected %s on port %u in %s; found %s", expected, port,
		state_name(state), buffer_text(&seen));
	buffer_free(&seen);
}

void case_expect_state(const struct place *place, uint16_t port, enum socket_state state)
{
	struct awaited_socket awaited = {.protocol = TCP, .port = port, .state = state};

	context_at(place);
	context_port(port);
	expect_in_state(wait_for_programs(socket_is_there, &awaited), "a socket", port, state);
}

void case_expect_no_state(const struct place *place, uint16_t port, enum socket_state state)
{
	struct awaited_socket awaited = {.protocol = TCP, .port = port, .state = state};

	context_at(place);
	context_port(port);
	must_settle();
	expect_in_state(wait_for_programs(socket_is_gone, &awaited), "no socket", port, state);
}

/* A connection by both its addresses, which tell its two sides apart. */
struct awaited_state {
	struct address local, remote;
	enum socket_state state, found;
};

static bool is_in_state(void *argument)
{
	struct awaited_state *awaited = argument;
	struct error error;

	must(sockets_read(&context.sockets, TCP, &error), &error);
	awaited->found = CLOSE;
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		if (address_equal(&fact->local, &awaited->local) &&
			address_equal(&fact->remote, &awaited->remote))
			awaited->found = fact->state;
	}
	return awaited->found == awaited->state;
}

void case_until_socket_state(
	const struct place *place, const struct endpoint *endpoint, enum socket_state state)
{
	context_at(place);
	struct awaited_state awaited = {.state = state,
		.local = endpoint_local(endpoint),
		.remote = endpoint_remote(endpoint)};
	struct wait wait = {
		.met = is_in_state, .argument = &awaited, .descriptor = -1, .asks_kernel = true};

	char local[ADDRESS_TEXT], remote[ADDRESS_TEXT];

	if (wait_for(&wait))
		return;
	context_note_socket_next(endpoint);
	case_over(FAIL, "waited %g s for %s to %s to be in %s; found it in %s", wait_seconds(),
		address_text(&awaited.local, local), address_text(&awaited.remote, remote),
		state_name(state), state_name(awaited.found));
}
