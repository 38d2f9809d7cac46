/* The case's own sockets: with them the case itself is one side. */
#include "worker/endpoint.h"

#include "worker/context.h"
#include "worker/wait.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* 0 or the errno of a call that returned this. Programs may answer a call that succeeded. */
static int result_of(int returned)
{
	if (returned < 0)
		return errno;
	wait_anew();
	return 0;
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

int endpoint_open(struct endpoint *endpoint, enum protocol protocol, int version)
{
	int type = protocol == TCP ? SOCK_STREAM : SOCK_DGRAM;

	endpoint->type = type;
	endpoint->ip_protocol = protocol_number(protocol);
	endpoint->descriptor =
		socket(version == 6 ? AF_INET6 : AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC,
			protocol == UDPLITE ? protocol_number(protocol) : 0);
	return result_of(endpoint->descriptor);
}

int endpoint_bind(struct endpoint *endpoint, const struct address *local)
{
	struct sockaddr_storage address;
	socklen_t length = address_to_socket(local, &address);

	return result_of(bind(endpoint->descriptor, (struct sockaddr *)&address, length));
}

int endpoint_listen(struct endpoint *endpoint, int backlog)
{
	return result_of(listen(endpoint->descriptor, backlog));
}

int endpoint_shut_down(struct endpoint *endpoint, int how)
{
	return result_of(shutdown(endpoint->descriptor, how));
}

int endpoint_set_option(struct endpoint *endpoint, int level, int name, int value)
{
	return result_of(setsockopt(endpoint->descriptor, level, name, &value, sizeof value));
}

int endpoint_get_option(const struct endpoint *endpoint, int level, int name, int *value)
{
	socklen_t size = sizeof *value;

	*value = 0;
	return getsockopt(endpoint->descriptor, level, name, value, &size) == 0 ? 0 : errno;
}

/* A call that may have to wait for the socket. */
struct waiting {
	struct endpoint *endpoint;
	short events;
	int (*call)(
		struct waiting *waiting); /* returns 0 or an errno; EAGAIN: wait and call again */
	int cause;
	/* Arguments and results of the calls. */
	struct bytes rest;
	const struct address *remote;
	struct buffer *out;
	void *memory;
	size_t size, length;
	int flags;
	bool ended;
	struct endpoint *accepted;
	struct address *from;
	size_t (*wanted)(struct bytes all, void *argument);
	void *argument;
};

static bool is_called(void *argument)
{
	struct waiting *waiting = argument;

	do
		waiting->cause = waiting->call(waiting);
	while (waiting->cause == EINTR);
	return waiting->cause != EAGAIN;
}

static int wait_and_call(struct waiting *waiting)
{
	struct wait wait = {
		.met = is_called,
		.argument = waiting,
		.descriptor = waiting->endpoint->descriptor,
		.events = waiting->events,
	};

	return wait_for(&wait) ? waiting->cause : NO_ANSWER;
}

int endpoint_begin_connect(struct endpoint *endpoint, const struct address *remote)
{
	struct sockaddr_storage address;
	socklen_t length = address_to_socket(remote, &address);
	int called = connect(endpoint->descriptor, (struct sockaddr *)&address, length);

	endpoint->target = *remote;
	return result_of(called < 0 && errno == EINPROGRESS ? 0 : called);
}

/* When the socket can be written to, SO_ERROR says whether a non-blocking connect(2) failed. */
static int call_connected(struct waiting *waiting)
{
	struct pollfd state = {.fd = waiting->endpoint->descriptor, .events = POLLOUT};
	int cause = 0;

	if (poll(&state, 1, 0) == 0)
		return EAGAIN;
	int asked = endpoint_get_option(waiting->endpoint, SOL_SOCKET, SO_ERROR, &cause);
	return asked != 0 ? asked : cause;
}

int endpoint_finish_connect(struct endpoint *endpoint)
{
	struct waiting waiting = {.endpoint = endpoint, .events = POLLOUT, .call = call_connected};

	return wait_and_call(&waiting);
}

int endpoint_connect(struct endpoint *endpoint, const struct address *remote)
{
	int cause = endpoint_begin_connect(endpoint, remote);

	return cause != 0 || endpoint->type != SOCK_STREAM ? cause
							   : endpoint_finish_connect(endpoint);
}

static int call_accept(struct waiting *waiting)
{
	struct endpoint *accepted = waiting->accepted;

	accepted->type = waiting->endpoint->type;
	accepted->ip_protocol = waiting->endpoint->ip_protocol;
	accepted->descriptor =
		accept4(waiting->endpoint->descriptor, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	return result_of(accepted->descriptor);
}

int endpoint_accept(struct endpoint *listener, struct endpoint *accepted)
{
	struct waiting waiting = {
		.endpoint = listener, .events = POLLIN, .call = call_accept, .accepted = accepted};

	return wait_and_call(&waiting);
}

/* Now, because the socket may be closed when the case is over. */
static void learn_addresses(struct endpoint *endpoint)
{
	if (endpoint->type != SOCK_STREAM || endpoint->local.version != 0)
		return;
	endpoint->local = endpoint_local(endpoint);
	endpoint->remote = endpoint_remote(endpoint);
}

static void count_sent(struct endpoint *endpoint, size_t sent)
{
	learn_addresses(endpoint);
	endpoint->sent += sent;
}

/* There is at least one call: an empty datagram is sent too. */
static int call_send(struct waiting *waiting)
{
	struct sockaddr_storage address;
	socklen_t length =
		waiting->remote != NULL ? address_to_socket(waiting->remote, &address) : 0;

	do {
		ssize_t sent = sendto(waiting->endpoint->descriptor, waiting->rest.data,
			waiting->rest.length, waiting->flags | MSG_NOSIGNAL,
			length > 0 ? (struct sockaddr *)&address : NULL, length);
		if (sent < 0)
			return errno;
		wait_anew();
		count_sent(waiting->endpoint, (size_t)sent);
		waiting->rest.data += sent;
		waiting->rest.length -= (size_t)sent;
	} while (waiting->rest.length > 0);
	return 0;
}

int endpoint_send(struct endpoint *endpoint, struct bytes what, int flags,
	const struct address *remote, size_t *sent)
{
	struct waiting waiting = {.endpoint = endpoint,
		.events = POLLOUT,
		.call = call_send,
		.rest = what,
		.remote = remote,
		.flags = flags};
	int cause = wait_and_call(&waiting);

	*sent = what.length - waiting.rest.length;
	return cause;
}

int endpoint_send_now(struct endpoint *endpoint, struct bytes what, int flags, size_t *sent)
{
	ssize_t length = send(endpoint->descriptor, what.data, what.length, flags | MSG_NOSIGNAL);

	*sent = length > 0 ? (size_t)length : 0;
	if (length > 0)
		count_sent(endpoint, *sent);
	return result_of(length < 0 ? -1 : 0);
}

static int call_receive(struct waiting *waiting)
{
	static char chunk[1 << 18];
	bool stream = waiting->endpoint->type == SOCK_STREAM;

	do {
		size_t limit =
			stream && waiting->length < sizeof chunk ? waiting->length : sizeof chunk;
		ssize_t length = recv(waiting->endpoint->descriptor, chunk, limit, 0);
		if (length < 0)
			return errno;
		wait_anew();
		learn_addresses(waiting->endpoint);
		waiting->ended = stream && length == 0;
		if (!buffer_append(waiting->out, chunk, (size_t)length))
			return ENOBUFS;
		waiting->length -= stream ? (size_t)length : waiting->length;
	} while (!waiting->ended && waiting->length > 0);
	return 0;
}

int endpoint_receive(struct endpoint *endpoint, struct buffer *out, size_t length, bool *ended)
{
	struct waiting waiting = {.endpoint = endpoint,
		.events = POLLIN,
		.call = call_receive,
		.out = out,
		.length = length > 0 ? length : 1};
	int cause = wait_and_call(&waiting);

	*ended = waiting.ended;
	return cause;
}

/* Takes in `count` bytes, which a peek has seen. */
static int take_peeked(struct waiting *waiting, size_t count)
{
	char chunk[16384];

	while (count > 0) {
		ssize_t length = recv(waiting->endpoint->descriptor, chunk,
			count < sizeof chunk ? count : sizeof chunk, 0);
		if (length <= 0)
			return length < 0 ? errno : ECONNRESET;
		count -= (size_t)length;
	}
	wait_anew();
	return 0;
}

/* Looks at the piece of the stream that is there, and takes of it what is wanted. */
static int take_wanted(struct waiting *waiting, size_t *wanted)
{
	static char chunk[1 << 16];
	struct buffer *out = waiting->out;
	size_t before = out->length;
	ssize_t length = recv(waiting->endpoint->descriptor, chunk, sizeof chunk, MSG_PEEK);

	if (length < 0)
		return errno;
	learn_addresses(waiting->endpoint);
	waiting->ended = length == 0;
	if (!buffer_append(out, chunk, (size_t)length))
		return ENOBUFS;
	*wanted = waiting->wanted(buffer_bytes(out), waiting->argument);
	if (*wanted < out->length)
		out->length = *wanted > before ? *wanted : before;
	return take_peeked(waiting, out->length - before);
}

static int call_receive_wanted(struct waiting *waiting)
{
	size_t wanted = SIZE_MAX;
	int cause;

	do
		cause = take_wanted(waiting, &wanted);
	while (cause == 0 && wanted == SIZE_MAX && !waiting->ended);
	return cause;
}

int endpoint_receive_until(struct endpoint *endpoint, struct buffer *out,
	size_t (*wanted)(struct bytes all, void *argument), void *argument, bool *ended)
{
	struct waiting waiting = {.endpoint = endpoint,
		.events = POLLIN,
		.call = call_receive_wanted,
		.out = out,
		.wanted = wanted,
		.argument = argument};
	int cause = wait_and_call(&waiting);

	*ended = waiting.ended;
	return cause;
}

static int call_receive_once(struct waiting *waiting)
{
	struct sockaddr_storage from = {0};
	socklen_t size = sizeof from;
	ssize_t length = recvfrom(waiting->endpoint->descriptor, waiting->memory, waiting->size,
		waiting->flags, (struct sockaddr *)&from, &size);

	/* With MSG_OOB, EINVAL says that no urgent byte has come yet (recv(2)). */
	if (length < 0)
		return waiting->flags & MSG_OOB && errno == EINVAL ? EAGAIN : errno;
	wait_anew();
	waiting->length = (size_t)length;
	if (waiting->from != NULL)
		*waiting->from = address_from_socket(&from);
	return 0;
}

int endpoint_receive_once(struct endpoint *endpoint, void *memory, size_t size, int flags,
	size_t *length, struct address *from)
{
	struct waiting waiting = {.endpoint = endpoint,
		.events = flags & MSG_OOB ? POLLPRI : POLLIN,
		.call = call_receive_once,
		.memory = memory,
		.size = size,
		.flags = flags,
		.from = from};
	int cause = wait_and_call(&waiting);

	*length = waiting.length;
	return cause;
}

int endpoint_receive_now(
	struct endpoint *endpoint, void *memory, size_t size, int flags, size_t *length)
{
	ssize_t received = recv(endpoint->descriptor, memory, size, flags);

	*length = received > 0 ? (size_t)received : 0;
	return result_of(received < 0 ? -1 : 0);
}

bool endpoint_is_ready(const struct endpoint *endpoint)
{
	struct pollfd state = {.fd = endpoint->descriptor, .events = POLLIN};

	return poll(&state, 1, 0) > 0;
}

struct address endpoint_local(const struct endpoint *endpoint)
{
	struct sockaddr_storage address = {0};
	socklen_t size = sizeof address;

	if (getsockname(endpoint->descriptor, (struct sockaddr *)&address, &size) != 0)
		return (struct address){0};
	return address_from_socket(&address);
}

struct address endpoint_remote(const struct endpoint *endpoint)
{
	struct sockaddr_storage address = {0};
	socklen_t size = sizeof address;

	if (getpeername(endpoint->descriptor, (struct sockaddr *)&address, &size) != 0)
		return (struct address){0};
	return address_from_socket(&address);
}

int endpoint_close(struct endpoint *endpoint)
{
	int descriptor = endpoint->descriptor;

	endpoint->descriptor = -1;
	return descriptor >= 0 ? result_of(close(descriptor)) : 0;
}

int endpoint_abort(struct endpoint *endpoint)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 0};
	int cause = result_of(
		setsockopt(endpoint->descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
	int closed = endpoint_close(endpoint);

	return cause != 0 ? cause : closed;
}
