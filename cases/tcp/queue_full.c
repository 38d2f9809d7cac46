/*
 * The program says in listen how many connections may wait to be accepted. When the queue is full,
 * Linux drops a new client's SYN and sends nothing: no refusal, no reset. So the client tries
 * again, first after one second, and gets in once there is room. A server that accepts too slowly
 * therefore shows as clients that take seconds to connect, not as errors. The counter
 * ListenOverflows counts them.
 *
 * Linux lets one connection more wait than listen asks for.
 */
#include "wirecheck.h"

CASE(.proves = "clients beyond the backlog are neither served nor refused until there is room",
	.clause = "listen(2); POSIX listen")
{
	struct endpoint *listener = bind_to(TCP, "127.0.0.1", 8898);
	struct endpoint *clients[3];
	listen_socket(listener, 1);
	clients[0] = connect_to(TCP, "127.0.0.1", 8898);
	clients[1] = connect_to(TCP, "127.0.0.1", 8898);
	until_queued(listener, 2);

	clients[2] = open_socket(TCP);
	begin_connect(clients[2], "127.0.0.1", 8898);
	until_counter("TcpExt", "ListenOverflows", 1);
	expect_state(local_port(clients[2]), SYN_SENT);

	for (int i = 0; i < 3; i++) {
		expect_connected(clients[i]);
		struct endpoint *served = accept_from(listener);
		send_text(served, "hi");
		expect_received(clients[i], "hi");
		close_socket(served);
		expect_end_of_stream(clients[i]);
		close_socket(clients[i]);
	}

	for (size_t i = 1; i <= 3; i++) {
		struct connection *conn = connection_of(8898, i, 3);
		expect_handshake(conn);
		expect_sent(conn, SERVER, "hi");
		expect_closed(conn);
		expect_no_reset(conn);
	}
}
