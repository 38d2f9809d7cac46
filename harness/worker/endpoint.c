/* The case's own sockets: with them the case itself is one side. */
#include "worker/endpoint.h"

#include "worker/context.h"
#include "worker/endpoint_wait.h"
#include "worker/wait.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

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
	return endpoint_result(endpoint->descriptor);
}

int endpoint_bind(struct endpoint *endpoint, const struct address *local)
{
	struct sockaddr_storage address;
	socklen_t length = address_to_socket(local, &address);

	return endpoint_result(bind(endpoint->descriptor, (struct sockaddr *)&address, length));
}

int endpoint_listen(struct endpoint *endpoint, int backlog)
{
	return endpoint_result(listen(endpoint->descriptor, backlog));
}

int endpoint_shut_down(struct endpoint *endpoint, int how)
{
	return endpoint_result(shutdown(endpoint->descriptor, how));
}

int endpoint_set_option(struct endpoint *endpoint, int level, int name, int value)
{
	return endpoint_result(setsockopt(endpoint->descriptor, level, name, &value, sizeof value));
}

int endpoint_get_option(const struct endpoint *endpoint, int level, int name, int *value)
{
	socklen_t size = sizeof *value;

	*value = 0;
	return getsockopt(endpoint->descriptor, level, name, value, &size) == 0 ? 0 : errno;
}

int endpoint_begin_connect(struct endpoint *endpoint, const struct address *remote)
{
	struct sockaddr_storage address;
	socklen_t length = address_to_socket(remote, &address);
	int called = connect(endpoint->descriptor, (struct sockaddr *)&address, length);

	endpoint->target = *remote;
	return endpoint_result(called < 0 && errno == EINPROGRESS ? 0 : called);
}

/* When the socket can be written to, SO_ERROR says whether a non-blocking connect(2) failed. */
static int call_connected(struct endpoint *endpoint, void *argument)
{
	struct pollfd state = {.fd = endpoint->descriptor, .events = POLLOUT};
	int cause = 0;

	(void)argument;
	if (poll(&state, 1, 0) == 0)
		return EAGAIN;
	int asked = endpoint_get_option(endpoint, SOL_SOCKET, SO_ERROR, &cause);
	return asked != 0 ? asked : cause;
}

int endpoint_finish_connect(struct endpoint *endpoint)
{
	return endpoint_wait(endpoint, POLLOUT, call_connected, NULL);
}

int endpoint_connect(struct endpoint *endpoint, const struct address *remote)
{
	int cause = endpoint_begin_connect(endpoint, remote);

	return cause != 0 || endpoint->type != SOCK_STREAM ? cause
							   : endpoint_finish_connect(endpoint);
}

static int call_accept(struct endpoint *listener, void *argument)
{
	struct endpoint *accepted = argument;

	accepted->type = listener->type;
	accepted->ip_protocol = listener->ip_protocol;
	accepted->descriptor =
		accept4(listener->descriptor, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	return endpoint_result(accepted->descriptor);
}

int endpoint_accept(struct endpoint *listener, struct endpoint *accepted)
{
	return endpoint_wait(listener, POLLIN, call_accept, accepted);
}

static void count_sent(struct endpoint *endpoint, size_t sent)
{
	endpoint_learn_addresses(endpoint);
	endpoint->sent += sent;
}

struct sending {
	struct bytes rest; /* not sent yet */
	int flags;
	const struct address *remote; /* NULL: the peer */
};

/* There is at least one call: an empty datagram is sent too. */
static int call_send(struct endpoint *endpoint, void *argument)
{
	struct sending *sending = argument;
	struct sockaddr_storage address;
	socklen_t length =
		sending->remote != NULL ? address_to_socket(sending->remote, &address) : 0;

	do {
		ssize_t sent = sendto(endpoint->descriptor, sending->rest.data,
			sending->rest.length, sending->flags | MSG_NOSIGNAL,
			length > 0 ? (struct sockaddr *)&address : NULL, length);
		if (sent < 0)
			return errno;
		wait_anew();
		count_sent(endpoint, (size_t)sent);
		sending->rest.data += sent;
		sending->rest.length -= (size_t)sent;
	} while (sending->rest.length > 0);
	return 0;
}

int endpoint_send(struct endpoint *endpoint, struct bytes what, int flags,
	const struct address *remote, size_t *sent)
{
	struct sending sending = {.rest = what, .flags = flags, .remote = remote};
	int cause = endpoint_wait(endpoint, POLLOUT, call_send, &sending);

	*sent = what.length - sending.rest.length;
	return cause;
}

int endpoint_send_now(struct endpoint *endpoint, struct bytes what, int flags, size_t *sent)
{
	ssize_t length = send(endpoint->descriptor, what.data, what.length, flags | MSG_NOSIGNAL);

	*sent = length > 0 ? (size_t)length : 0;
	if (length > 0)
		count_sent(endpoint, *sent);
	return endpoint_result(length < 0 ? -1 : 0);
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
	return descriptor >= 0 ? endpoint_result(close(descriptor)) : 0;
}

int endpoint_abort(struct endpoint *endpoint)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 0};
	int cause = endpoint_result(
		setsockopt(endpoint->descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
	int closed = endpoint_close(endpoint);

	return cause != 0 ? cause : closed;
}
