/* Scripted sockets: where the case itself is one side. */
#include "endpoint.h"

#include "wait.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Sends again and again until all is out or an error stands. */
struct sending {
	struct endpoint *endpoint;
	struct bytes rest;
	int cause; /* errno; 0: none */
};

struct reading {
	struct endpoint *endpoint;
	struct buffer *out;
	size_t wanted; /* bytes still to come */
	int cause;
	bool ended, datagram_came;
};

static bool is_connected(void *argument)
{
	struct endpoint *endpoint = argument;
	struct pollfd state = {.fd = endpoint->descriptor, .events = POLLOUT};

	return poll(&state, 1, 0) != 0;
}

/* A non-blocking connect(2) has its outcome in SO_ERROR once the socket can be written to. */
static bool finish_connect(struct endpoint *endpoint, struct error *error)
{
	struct wait wait = {
		.met = is_connected,
		.argument = endpoint,
		.descriptor = endpoint->descriptor,
		.events = POLLOUT,
	};
	int cause = 0;
	socklen_t size = sizeof cause;

	if (!wait_for(&wait))
		return error_set(error, "connect: no answer within %g s", wait_seconds());
	if (getsockopt(endpoint->descriptor, SOL_SOCKET, SO_ERROR, &cause, &size) != 0)
		return error_errno(error, "getsockopt(SO_ERROR)");
	errno = cause;
	return cause == 0 || error_errno(error, "connect");
}

bool endpoint_connect(struct endpoint *endpoint, enum protocol protocol,
	const struct address *remote, struct error *error)
{
	struct sockaddr_storage address;
	socklen_t length = address_to_socket(remote, &address);
	int type = protocol == TCP ? SOCK_STREAM : SOCK_DGRAM;

	*endpoint = (struct endpoint){.protocol = protocol, .remote = *remote};
	endpoint->descriptor =
		socket(address.ss_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (endpoint->descriptor < 0)
		return error_errno(error, "socket");
	if (connect(endpoint->descriptor, (struct sockaddr *)&address, length) == 0)
		return true;
	return errno == EINPROGRESS ? finish_connect(endpoint, error)
				    : error_errno(error, "connect");
}

static bool is_sent(void *argument)
{
	struct sending *sending = argument;

	do {
		ssize_t sent = send(sending->endpoint->descriptor, sending->rest.data,
			sending->rest.length, MSG_NOSIGNAL);
		if (sent < 0) {
			sending->cause = errno == EAGAIN || errno == EINTR ? 0 : errno;
			return sending->cause != 0;
		}
		sending->rest.data += sent;
		sending->rest.length -= (size_t)sent;
	} while (sending->rest.length > 0);
	return true;
}

bool endpoint_send(struct endpoint *endpoint, struct bytes what, struct error *error)
{
	struct sending sending = {.endpoint = endpoint, .rest = what};
	struct wait wait = {
		.met = is_sent,
		.argument = &sending,
		.descriptor = endpoint->descriptor,
		.events = POLLOUT,
	};

	if (!wait_for(&wait))
		return error_set(error, "send: %zu of %zu bytes not taken within %g s",
			sending.rest.length, what.length, wait_seconds());
	errno = sending.cause;
	return sending.cause == 0 || error_errno(error, "send");
}

/* Whether what was asked for is there, or can no longer come. */
static bool is_received(void *argument)
{
	struct reading *reading = argument;
	char chunk[65536];

	do {
		bool stream = reading->endpoint->protocol == TCP;
		size_t limit = stream && reading->wanted < sizeof chunk ? reading->wanted
								       : sizeof chunk;
		ssize_t length = recv(reading->endpoint->descriptor, chunk, limit, 0);
		if (length < 0) {
			reading->cause = errno == EAGAIN || errno == EINTR ? 0 : errno;
			return reading->cause != 0;
		}
		reading->ended = stream && length == 0;
		reading->datagram_came = !stream;
		if (!buffer_append(reading->out, chunk, (size_t)length))
			reading->cause = ENOBUFS;
		reading->wanted -= stream ? (size_t)length : 0;
	} while (!reading->ended && !reading->datagram_came && reading->cause == 0 &&
		 reading->wanted > 0);
	return true;
}

enum receiving endpoint_receive(
	struct endpoint *endpoint, struct buffer *out, size_t length, struct error *error)
{
	struct reading reading = {
		.endpoint = endpoint, .out = out, .wanted = length > 0 ? length : 1};
	struct wait wait = {
		.met = is_received,
		.argument = &reading,
		.descriptor = endpoint->descriptor,
		.events = POLLIN,
	};

	if (!wait_for(&wait))
		return RECEIVED_NOTHING;
	if (reading.cause != 0) {
		errno = reading.cause;
		error_errno(error, "recv");
		return RECEIVED_ERROR;
	}
	return reading.ended ? RECEIVED_END : RECEIVED;
}

bool endpoint_close(struct endpoint *endpoint, struct error *error)
{
	int descriptor = endpoint->descriptor;

	endpoint->descriptor = -1;
	if (descriptor >= 0 && close(descriptor) != 0)
		return error_errno(error, "close");
	return true;
}
