/*
 * The side that closes first stays in TIME-WAIT. When that is the client, its port is taken for a
 * minute; but the system chose that port, and nobody asks for it again. The server's port is free,
 * and no option is needed. That is why protocols prefer the client to close first.
 *
 * The client ends its stream before the server has read from it. So it is first, however fast the
 * server is.
 */
#include "wirecheck.h"

CASE(.proves = "after the client closed first, a server without SO_REUSEADDR binds its port again",
	.clause = "RFC 9293 3.6, 3.6.1 MUST-13; socket(7) SO_REUSEADDR")
{
	keep_time_wait();
	struct program *first = start("tcp_hello_server");
	until_listening(TCP, 8898);
	hold(first);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	uint16_t client_port = local_port(client);
	send_text(client, "hello");
	shut_down(client, SHUT_WR);
	until_state(client_port, FIN_WAIT_2);
	release(first);
	expect_received(client, "hi");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(first, 0);
	until_state(client_port, TIME_WAIT);
	expect_no_state(8898, TIME_WAIT);

	struct program *second = start("tcp_hello_server");
	until_listening(TCP, 8898);
	struct endpoint *late = connect_to(TCP, "127.0.0.1", 8898);
	send_text(late, "hello again");
	expect_received(late, "hi");
	expect_end_of_stream(late);
	close_socket(late);
	expect_exit(second, 0);
	expect_output(second, "hello again\n");

	struct connection *before = connection_of(8898, 1, 2);
	expect_sent(before, CLIENT, "hello");
	expect_sent(before, SERVER, "hi");
	expect_closed_first(before, CLIENT);
	expect_closed(before);
	struct connection *after = connection_of(8898, 2, 2);
	expect_sent(after, CLIENT, "hello again");
	expect_sent(after, SERVER, "hi");
}
