/* Verbs where the case itself is one side: opening, binding, connecting, closing sockets. */
#include "verbs/wirecheck.h"

#include "worker/wait.h"

#include <errno.h>
#include <linux/filter.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

const char *outcome_text(int outcome)
{
	if (outcome == 0)
		return "success";
	if (outcome == NO_ANSWER)
		return format("no answer within %g s", wait_seconds());
	return format("%s (%s)", strerrorname_np(outcome), strerror(outcome));
}

enum verdict outcome_verdict(int outcome)
{
	switch (outcome) {
	case NO_ANSWER:
	case EAGAIN:
	case EADDRINUSE:
	case ECONNREFUSED:
	case ECONNRESET:
	case ECONNABORTED:
	case EPIPE:
	case ENOTCONN:
	case ETIMEDOUT:
		return FAIL;
	case EPERM:
	case EACCES:
	case ENOSYS:
		return SKIP;
	default:
		return BROKEN;
	}
}

void must_succeed(const char *call, int outcome)
{
	if (outcome == 0)
		return;
	enum verdict verdict = outcome_verdict(outcome);
	case_over(verdict, "%s%s: %s", verdict == SKIP ? "this machine does not allow it: " : "",
		call, outcome_text(outcome));
}

static bool expect_outcome(const char *call, int expected, int found)
{
	if (found != expected && found != 0 && outcome_verdict(found) == SKIP)
		must_succeed(call, found);
	return expect_that(expected == found, "%s: expected %s, found %s", call,
		outcome_text(expected), outcome_text(found));
}

/* The same of a connect(2), of which there are packets. */
static void expect_connect_outcome(
	const struct endpoint *endpoint, const char *call, int expected, int found)
{
	if (!expect_outcome(call, expected, found))
		context_note_received(endpoint, UINT64_MAX, (struct bytes){0});
}

struct endpoint *endpoint_new(void)
{
	if (context.endpoint_count == ENDPOINTS_MAXIMUM)
		case_over(BROKEN, "the case opens more than %d sockets", ENDPOINTS_MAXIMUM);
	struct endpoint *endpoint = calloc(1, sizeof *endpoint);
	if (endpoint == NULL)
		case_over(BROKEN, "no memory for a socket");
	endpoint->descriptor = -1;
	context.endpoints[context.endpoint_count++] = endpoint;
	return endpoint;
}

static struct address address_at(const char *host, uint16_t port)
{
	struct address address;

	if (!address_parse(&address, host, port))
		case_over(BROKEN, "%s is not a numeric address", host);
	return address;
}

static struct endpoint *open_for(enum protocol protocol, const struct address *address)
{
	struct endpoint *endpoint = endpoint_new();
	int cause = endpoint_open(endpoint, protocol, address->version);

	if (cause == EPROTONOSUPPORT)
		case_over(SKIP, "this kernel has no %s", protocol_name(protocol));
	if (cause != 0)
		case_over(BROKEN, "socket: %s", outcome_text(cause));
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
	context_at(place);
	context_port(port);
	struct address remote = address_at(host, port);
	struct endpoint *endpoint = open_for(protocol, &remote);
	must_connect(endpoint, &remote);
	return endpoint;
}

void case_connect_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port)
{
	context_at(place);
	context_port(port);
	struct address remote = address_at(host, port);
	must_connect(endpoint, &remote);
}

void case_begin_connect(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port)
{
	context_at(place);
	context_port(port);
	struct address remote = address_at(host, port);
	must_succeed(call_at("connect to", &remote), endpoint_begin_connect(endpoint, &remote));
}

void case_expect_connected(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	expect_connect_outcome(endpoint, "connect", 0, endpoint_finish_connect(endpoint));
}

void case_expect_connect_error(const struct place *place, struct endpoint *endpoint,
	const char *host, uint16_t port, int cause)
{
	context_at(place);
	context_port(port);
	struct address remote = address_at(host, port);
	expect_connect_outcome(endpoint, call_at("connect to", &remote), cause,
		endpoint_connect(endpoint, &remote));
}

void case_bind_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port)
{
	context_at(place);
	context_port(port);
	struct address local = address_at(host, port);
	must_succeed(call_at("bind to", &local), endpoint_bind(endpoint, &local));
}

void case_expect_bind_error(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, int cause)
{
	context_at(place);
	context_port(port);
	struct address local = address_at(host, port);
	expect_outcome(call_at("bind to", &local), cause, endpoint_bind(endpoint, &local));
}

struct endpoint *case_bind_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port)
{
	context_at(place);
	context_port(port);
	struct address local = address_at(host, port);
	struct endpoint *endpoint = open_for(protocol, &local);
	must_succeed(call_at("bind to", &local), endpoint_bind(endpoint, &local));
	return endpoint;
}

void case_listen_socket(const struct place *place, struct endpoint *endpoint, int backlog)
{
	context_at(place);
	must_succeed("listen", endpoint_listen(endpoint, backlog));
}

void case_expect_listen_error(const struct place *place, struct endpoint *endpoint, int cause)
{
	context_at(place);
	expect_outcome("listen", cause, endpoint_listen(endpoint, SOMAXCONN));
}

struct endpoint *case_listen_on(const struct place *place, const char *host, uint16_t port)
{
	struct endpoint *endpoint = case_bind_to(place, TCP, host, port);

	must_succeed("listen", endpoint_listen(endpoint, SOMAXCONN));
	return endpoint;
}

struct endpoint *case_accept_from(const struct place *place, struct endpoint *listener)
{
	context_at(place);
	struct endpoint *accepted = endpoint_new();
	int cause = endpoint_accept(listener, accepted);
	if (cause != 0)
		context_note_socket_next(listener);
	must_succeed("accept", cause);
	return accepted;
}

/* Connections to come into a listener's queue. */
struct backlog {
	const struct endpoint *listener;
	unsigned wanted, found;
};

/* Of a listener, tcpi_unacked is the length of the queue that accept(2) takes from. */
static bool is_queued(void *argument)
{
	struct backlog *backlog = argument;
	struct tcp_info info = {0};
	socklen_t size = sizeof info;

	if (getsockopt(backlog->listener->descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
		case_over(BROKEN, "getsockopt(TCP_INFO): %s", strerror(errno));
	backlog->found = info.tcpi_unacked;
	return backlog->found >= backlog->wanted;
}

void case_until_queued(const struct place *place, struct endpoint *listener, unsigned count)
{
	struct backlog backlog = {.listener = listener, .wanted = count};
	struct wait wait = {
		.met = is_queued, .argument = &backlog, .descriptor = -1, .asks_kernel = true};

	struct address local = endpoint_local(listener);
	char text[ADDRESS_TEXT];

	context_at(place);
	if (!wait_for(&wait)) {
		context_note_socket_next(listener);
		case_over(FAIL, "waited %g s for %u connections to accept at %s; found %u",
			wait_seconds(), count, address_text(&local, text), backlog.found);
	}
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

void case_drop_incoming(const struct place *place, struct endpoint *endpoint)
{
	/* The filter's one instruction: of each packet, keep 0 bytes. */
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog filter = {.len = 1, .filter = &nothing};

	context_at(place);
	int done = setsockopt(
		endpoint->descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
	must_succeed("setsockopt(SO_ATTACH_FILTER)", done == 0 ? 0 : errno);
}

void case_take_incoming(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	must_succeed("setsockopt(SO_DETACH_FILTER)",
		endpoint_set_option(endpoint, SOL_SOCKET, SO_DETACH_FILTER, 0));
}

void case_abort_socket(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	must_succeed("close", endpoint_abort(endpoint));
}

void case_set_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value)
{
	context_at(place);
	must_succeed("setsockopt", endpoint_set_option(endpoint, level, name, value));
}

void case_expect_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value)
{
	int found = 0;

	context_at(place);
	int cause = endpoint_get_option(endpoint, level, name, &found);
	expect_that(cause == 0 && found == value, "getsockopt: expected %d, found %s", value,
		cause == 0 ? format("%d", found) : outcome_text(cause));
}

/* The level, the option and its value differ by family. */
static int add_membership(int descriptor, const struct address *group)
{
	struct ip_mreqn request = {.imr_ifindex = (int)if_nametoindex("lo")};
	struct ipv6_mreq request6 = {.ipv6mr_interface = if_nametoindex("lo")};

	memcpy(&request.imr_multiaddr, group->ip, sizeof request.imr_multiaddr);
	memcpy(&request6.ipv6mr_multiaddr, group->ip, sizeof request6.ipv6mr_multiaddr);
	return group->version == 6 ? setsockopt(descriptor, IPPROTO_IPV6, IPV6_JOIN_GROUP,
					     &request6, sizeof request6)
				   : setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request,
					     sizeof request);
}

void case_join_group(const struct place *place, struct endpoint *endpoint, const char *group)
{
	context_at(place);
	struct address address = address_at(group, 0);
	int joined = add_membership(endpoint->descriptor, &address);
	must_succeed(format("join %s", group), joined == 0 ? 0 : errno);
}

uint16_t case_local_port(const struct place *place, const struct endpoint *endpoint)
{
	context_at(place);
	uint16_t port = endpoint_local(endpoint).port;
	if (port == 0)
		case_over(BROKEN, "the socket has no port yet");
	context_port(port);
	return port;
}
