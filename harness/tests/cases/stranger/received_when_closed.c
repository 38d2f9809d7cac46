/*
 * BROKEN: the case itself closed the socket.
 * says "the case has closed this socket"
 */
#include "wirecheck.h"

CASE(.proves = "nothing", .clause = "none")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);

	close_socket(accept_from(listener));
	close_socket(client);
	receive_bytes(client, 1);
}
