/* Verbs that open and close sockets of the case itself. */
#include "verbs/own_sockets.h"

#include "verbs/argument_checks.h"
#include "verbs/call_result.h"
#include "verbs/numeric_address.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/socket.h>

static bool expect_result(const char *call, int expected, int found)
{
	if (found != expected && found != 0 && call_result_verdict(found) == SKIP)
		must_succeed(call, found);
	return expect_that(expected == found, "%s: expected %s, found %s", call,
		call_result_text(expected), call_result_text(found));
}

/* The same of a connect(2), of which there are packets. */
static void expect_connect_result(
	const struct endpoint *endpoint, const char *call, int expected, int found)
{
	if (!expect_result(call, expected, found))
		context_note_received(endpoint, UINT64_MAX, (struct bytes){0});
}

static struct endpoint *open_for(enum protocol protocol, const struct address *address)
{
	struct endpoint *endpoint = endpoint_new();
	int cause = endpoint_open(endpoint, protocol, address->version);

	if (cause == EPROTONOSUPPORT)
		case_over(SKIP, "this kernel has no %s", protocol_name(protocol));
	if (cause != 0)
		case_over(BROKEN, "socket: %s", call_result_text(cause));
	return endpoint;
}

/* "connect to 127.0.0.1:8898" */
static const char *call_at(const char *call, const struct address *address)
{
	char text[ADDRESS_TEXT];

	return format("%s %s", call, address_text(address, text));
}

struct endpoint *case_open_socket(const struct place *place, enum protocol protocol)
{
	static const struct address any = {.version = 4};

	must_be_protocol(place, protocol);
	context_at(place);
	return open_for(protocol, &any);
}

static void must_connect(struct endpoint *endpoint, const struct address *remote)
{
	int cause = endpoint_connect(endpoint, remote);

	if (cause != 0)
		context_note_socket_next(endpoint);
	must_succeed(call_at("connect to", remote), cause);
}

struct endpoint *case_connect_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	must_be_protocol(place, protocol);
	context_at(place);
	context_port(port);
	struct address remote = numeric_address(host, port);
	struct endpoint *endpoint = open_for(protocol, &remote);
	must_connect(endpoint, &remote);
	return endpoint;
}

void case_connect_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port)
{
	context_at(place);
	context_port(port);
	struct address remote = numeric_address(host, port);
	must_connect(endpoint, &remote);
}

void case_begin_connect(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port)
{
	context_at(place);
	context_port(port);
	struct address remote = numeric_address(host, port);
	must_succeed(call_at("connect to", &remote), endpoint_begin_connect(endpoint, &remote));
}

void case_expect_connected(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	expect_connect_result(endpoint, "connect", 0, endpoint_finish_connect(endpoint));
}

void case_expect_connect_error(const struct place *place, struct endpoint *endpoint,
	const char *host, uint16_t port, int error_number)
{
	context_at(place);
	context_port(port);
	struct address remote = numeric_address(host, port);
	expect_connect_result(endpoint, call_at("connect to", &remote), error_number,
		endpoint_connect(endpoint, &remote));
}

void case_bind_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port)
{
	context_at(place);
	context_port(port);
	struct address local = numeric_address(host, port);
	must_succeed(call_at("bind to", &local), endpoint_bind(endpoint, &local));
}

void case_expect_bind_error(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, int error_number)
{
	context_at(place);
	context_port(port);
	struct address local = numeric_address(host, port);
	expect_result(call_at("bind to", &local), error_number, endpoint_bind(endpoint, &local));
}

struct endpoint *case_bind_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	must_be_protocol(place, protocol);
	context_at(place);
	context_port(port);
	struct address local = numeric_address(host, port);
	struct endpoint *endpoint = open_for(protocol, &local);
	must_succeed(call_at("bind to", &local), endpoint_bind(endpoint, &local));
	return endpoint;
}

void case_listen_socket(const struct place *place, struct endpoint *endpoint, int backlog)
{
	context_at(place);
	must_succeed("listen", endpoint_listen(endpoint, backlog));
}

void case_expect_listen_error(
	const struct place *place, struct endpoint *endpoint, int error_number)
{
	context_at(place);
	expect_result("listen", error_number, endpoint_listen(endpoint, SOMAXCONN));
}

struct endpoint *case_listen_on(const struct place *place, const char *host, uint16_t port)
{
	struct endpoint *endpoint = case_bind_to(place, TCP, host, port);

	must_succeed("listen", endpoint_listen(endpoint, SOMAXCONN));
	return endpoint;
}

void case_shut_down(const struct place *place, struct endpoint *endpoint, int how)
{
	context_at(place);
	must_succeed("shutdown", endpoint_shut_down(endpoint, how));
}

void case_close_socket(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	must_succeed("close", endpoint_close(endpoint));
}

void case_abort_socket(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	must_succeed("close", endpoint_abort(endpoint));
}
