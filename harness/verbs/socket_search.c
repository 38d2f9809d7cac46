/* The search for a socket of the kernel's: the condition of a wait, and what was found instead. */
#include "verbs/socket_search.h"

#include "kernel/processes.h"
#include "worker/context.h"
#include "worker/socket_list.h"
#include "worker/wait.h"

bool socket_is_there(void *argument)
{
	const struct awaited_socket *awaited = argument;
	const struct sockets *sockets = &context.sockets;
	struct error error;

	must(sockets_read_in(&context.sockets, awaited->protocol, STATE(awaited->state), &error),
		&error);
	for (size_t i = 0; i < sockets->count; i++)
		if (sockets->list[i].local.port == awaited->port &&
			sockets->list[i].state == awaited->state &&
			(awaited->at == NULL ||
				address_equal(&sockets->list[i].local, awaited->at)))
			return true;
	return false;
}

bool socket_is_gone(void *argument)
{
	return !socket_is_there(argument);
}

struct awaited_socket listener_of(enum protocol protocol, uint16_t port)
{
	return (struct awaited_socket){
		.protocol = protocol, .port = port, .state = listening_state(protocol)};
}

bool wait_for_socket(bool (*met)(void *argument), struct awaited_socket *awaited)
{
	struct wait wait = {.met = met, .argument = awaited, .descriptor = -1, .asks_kernel = true};

	return wait_for(&wait);
}

void sockets_describe(struct buffer *out, enum protocol protocol, enum socket_state awaited)
{
	const struct socket_listing line = socket_list_in_line(awaited);
	struct processes processes = {0};
	struct error error;

	must(sockets_read(&context.sockets, protocol, &error), &error);
	must(processes_read(&processes, 0, &error), &error);
	if (socket_list(out, &context.sockets, &processes, &line) == 0)
		buffer_printf(out, "no %s socket", protocol_name(protocol));
	processes_free(&processes);
}
