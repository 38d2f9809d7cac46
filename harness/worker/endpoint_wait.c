/* A call on a socket of the case that may have to wait for it. */
#include "worker/endpoint_wait.h"

#include "worker/wait.h"

#include <errno.h>
#include <sys/socket.h>

struct waiting {
	struct endpoint *endpoint;
	endpoint_call *call;
	void *argument;
	int cause; /* what the last call returned */
};

static bool is_called(void *argument)
{
	struct waiting *waiting = argument;

	do
		waiting->cause = waiting->call(waiting->endpoint, waiting->argument);
	while (waiting->cause == EINTR);
	return waiting->cause != EAGAIN;
}

int endpoint_wait(struct endpoint *endpoint, short events, endpoint_call *call, void *argument)
{
	struct waiting waiting = {.endpoint = endpoint, .call = call, .argument = argument};
	struct wait wait = {
		.met = is_called,
		.argument = &waiting,
		.descriptor = endpoint->descriptor,
		.events = events,
	};

	return wait_for(&wait) ? waiting.cause : NO_ANSWER;
}

int endpoint_result(int returned)
{
	if (returned < 0)
		return errno;
	wait_anew();
	return 0;
}

void endpoint_learn_addresses(struct endpoint *endpoint)
{
	if (endpoint->type != SOCK_STREAM || endpoint->local.version != 0)
		return;
	endpoint->local = endpoint_local(endpoint);
	endpoint->remote = endpoint_remote(endpoint);
}
