/*
 * With UDP, SO_REUSEADDR means something else than with TCP. Two live sockets share a port, and
 * each datagram goes to only one of them; the other gets no sign of it. A server that sets the
 * option by habit can be started twice by mistake, and then each of the two loses a part of its
 * clients. No standard says which socket gets a datagram; on Linux it is the one that was bound
 * last.
 */
#include "wirecheck.h"

static struct endpoint *bind_with_reuseaddr(void)
{
	struct endpoint *endpoint = open_socket(UDP);

	set_option(endpoint, SOL_SOCKET, SO_REUSEADDR, 1);
	bind_socket(endpoint, "127.0.0.1", 9000);
	return endpoint;
}

CASE(.proves = "SO_REUSEADDR lets two UDP sockets share a port; a datagram comes to one of them",
	.clause = "socket(7) SO_REUSEADDR; udp(7)")
{
	struct endpoint *first = bind_with_reuseaddr();
	struct endpoint *second = bind_with_reuseaddr();
	struct program *without = start("udp_hello_server");
	expect_exit(without, 1);
	expect_error(without, "Address already in use");

	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	int by_first = 0;
	for (int i = 0; i < 3; i++) {
		send_text(client, "hello");
		struct endpoint *chosen = until_either_ready(first, second);
		expect_received(chosen, "hello");
		by_first += chosen == first;
	}
	expect_nothing_received(first);
	expect_nothing_received(second);
	record("%d of 3 datagrams came to the socket that was bound first", by_first);

	expect_datagrams(9000, from(CLIENT, "hello"), from(CLIENT, "hello"), from(CLIENT, "hello"));
}
