/* How the case's own sockets receive (endpoint.h). Tested by test_failure_texts.c. */
#include "worker/endpoint_wait.h"
#include "worker/wait.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

struct receiving {
	struct buffer *out;
	size_t missing; /* bytes of a stream that are still to come; of datagrams 1, then 0 */
	bool ended;     /* the stream has */
};

static int call_receive(struct endpoint *endpoint, void *argument)
{
	static char chunk[1 << 18];
	struct receiving *receiving = argument;
	bool stream = endpoint->type == SOCK_STREAM;

	do {
		size_t limit = stream && receiving->missing < sizeof chunk ? receiving->missing
									   : sizeof chunk;
		ssize_t length = recv(endpoint->descriptor, chunk, limit, 0);
		if (length < 0)
			return errno;
		wait_anew();
		endpoint_learn_addresses(endpoint);
		receiving->ended = stream && length == 0;
		if (!buffer_append(receiving->out, chunk, (size_t)length))
			return ENOBUFS;
		receiving->missing -= stream ? (size_t)length : receiving->missing;
	} while (!receiving->ended && receiving->missing > 0);
	return 0;
}

int endpoint_receive(struct endpoint *endpoint, struct buffer *out, size_t length, bool *ended)
{
	struct receiving receiving = {.out = out, .missing = length > 0 ? length : 1};
	int cause = endpoint_wait(endpoint, POLLIN, call_receive, &receiving);

	*ended = receiving.ended;
	return cause;
}

struct receiving_wanted {
	struct buffer *out;
	size_t (*wanted)(struct bytes all, void *argument);
	void *argument; /* of `wanted` */
	bool ended;     /* the stream has */
};

/* Takes in `count` bytes, which a peek has seen. */
static int take_peeked(struct endpoint *endpoint, size_t count)
{
	char chunk[16384];

	while (count > 0) {
		ssize_t length = recv(endpoint->descriptor, chunk,
			count < sizeof chunk ? count : sizeof chunk, 0);
		if (length <= 0)
			return length < 0 ? errno : ECONNRESET;
		count -= (size_t)length;
	}
	wait_anew();
	return 0;
}

/* Looks at the piece of the stream that is there, and takes of it what is wanted. */
static int take_wanted(
	struct endpoint *endpoint, struct receiving_wanted *receiving, size_t *wanted)
{
	static char chunk[1 << 16];
	struct buffer *out = receiving->out;
	size_t before = out->length;
	ssize_t length = recv(endpoint->descriptor, chunk, sizeof chunk, MSG_PEEK);

	if (length < 0)
		return errno;
	endpoint_learn_addresses(endpoint);
	receiving->ended = length == 0;
	if (!buffer_append(out, chunk, (size_t)length))
		return ENOBUFS;
	*wanted = receiving->wanted(buffer_bytes(out), receiving->argument);
	if (*wanted < out->length)
		out->length = *wanted > before ? *wanted : before;
	return take_peeked(endpoint, out->length - before);
}

static int call_receive_wanted(struct endpoint *endpoint, void *argument)
{
	struct receiving_wanted *receiving = argument;
	size_t wanted = SIZE_MAX;
	int cause;

	do
		cause = take_wanted(endpoint, receiving, &wanted);
	while (cause == 0 && wanted == SIZE_MAX && !receiving->ended);
	return cause;
}

int endpoint_receive_until(struct endpoint *endpoint, struct buffer *out,
	size_t (*wanted)(struct bytes all, void *argument), void *argument, bool *ended)
{
	struct receiving_wanted receiving = {.out = out, .wanted = wanted, .argument = argument};
	int cause = endpoint_wait(endpoint, POLLIN, call_receive_wanted, &receiving);

	*ended = receiving.ended;
	return cause;
}

struct receiving_once {
	void *memory;
	size_t size, length; /* of the memory; of what came */
	int flags;
	struct address *from; /* may be NULL */
};

static int call_receive_once(struct endpoint *endpoint, void *argument)
{
	struct receiving_once *receiving = argument;
	struct sockaddr_storage from = {0};
	socklen_t size = sizeof from;
	ssize_t length = recvfrom(endpoint->descriptor, receiving->memory, receiving->size,
		receiving->flags, (struct sockaddr *)&from, &size);

	/* With MSG_OOB, EINVAL says that no urgent byte has come yet (recv(2)). */
	if (length < 0)
		return receiving->flags & MSG_OOB && errno == EINVAL ? EAGAIN : errno;
	wait_anew();
	receiving->length = (size_t)length;
	if (receiving->from != NULL)
		*receiving->from = address_from_socket(&from);
	return 0;
}

int endpoint_receive_once(struct endpoint *endpoint, void *memory, size_t size, int flags,
	size_t *length, struct address *from)
{
	struct receiving_once receiving = {
		.memory = memory, .size = size, .flags = flags, .from = from};
	short events = flags & MSG_OOB ? POLLPRI : POLLIN;
	int cause = endpoint_wait(endpoint, events, call_receive_once, &receiving);

	*length = receiving.length;
	return cause;
}

int endpoint_receive_now(
	struct endpoint *endpoint, void *memory, size_t size, int flags, size_t *length)
{
	ssize_t received = recv(endpoint->descriptor, memory, size, flags);

	*length = received > 0 ? (size_t)received : 0;
	return endpoint_result(received < 0 ? -1 : 0);
}
