/* The search for a socket of the kernel's: the condition of a wait, and what was found instead. */
#include "verbs/socket_search.h"

#include "kernel/processes.h"
#include "worker/context.h"
#include "worker/socket_list.h"

bool socket_is_there(void *argument)
{
	const struct sought_socket *sought = argument;
	const struct sockets *sockets = &context.sockets;
	struct error error;

	must(sockets_read_in(&context.sockets, sought->protocol, STATE(sought->state), &error),
		&error);
	for (size_t i = 0; i < sockets->count; i++)
		if (sockets->list[i].local.port == sought->port &&
			sockets->list[i].state == sought->state &&
			(sought->at == NULL || address_equal(&sockets->list[i].local, sought->at)))
			return true;
	return false;
}

bool socket_is_gone(void *argument)
{
	return !socket_is_there(argument);
}

void sockets_describe(struct buffer *out, enum protocol protocol, enum socket_state sought)
{
	const struct socket_listing line = socket_list_in_line(sought);
	struct processes processes = {0};
	struct error error;

	must(sockets_read(&context.sockets, protocol, &error), &error);
	must(processes_read(&processes, 0, &error), &error);
	if (socket_list(out, &context.sockets, &processes, &line) == 0)
		buffer_printf(out, "no %s socket", protocol_name(protocol));
	processes_free(&processes);
}
