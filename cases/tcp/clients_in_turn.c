/*
 * accept returns connections in the order in which they were completed. Each is a socket of its own
 * with streams of its own, so what one client says cannot turn up at another. A server that serves
 * one client after the other is slow, but it is fair and never confuses its clients.
 */
#include "wirecheck.h"

CASE(.proves = "several clients are accepted in the order they connected, each with its own "
	       "streams",
	.clause = "accept(2); RFC 9293 3.3.2")
{
	static const char *const names[] = {"first", "second", "third"};
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *clients[3];

	for (unsigned i = 0; i < 3; i++) {
		clients[i] = connect_to(TCP, "127.0.0.1", 8898);
		until_queued(listener, i + 1);
	}
	for (int i = 2; i >= 0; i--) /* the order in which they send does not matter */
		send_text(clients[i], names[i]);

	for (int i = 0; i < 3; i++) {
		struct endpoint *served = accept_from(listener);
		expect_received(served, names[i]);
		send_text(served, format("hi %s", names[i]));
		close_socket(served);
		expect_received(clients[i], format("hi %s", names[i]));
		expect_end_of_stream(clients[i]);
		close_socket(clients[i]);
	}

	for (size_t i = 0; i < 3; i++) {
		struct connection *conn = connection_of(8898, i + 1, 3);
		expect_sent(conn, CLIENT, names[i]);
		expect_sent(conn, SERVER, format("hi %s", names[i]));
		expect_closed(conn);
		expect_no_reset(conn);
	}
}
