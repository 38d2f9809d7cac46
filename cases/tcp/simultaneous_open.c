/*
 * A TCP connection needs no listener: two SYNs that cross each other open one as well. On one
 * machine, the only way to see that without luck is a socket that connects to its own address. It
 * also happens by accident. A client tries a port again and again until its server is up. If the
 * system takes clients' ports from a range that contains this port, the client may end up connected
 * to itself, and receive its own words as the answer.
 */
#include "wirecheck.h"

CASE(.proves = "a socket can connect to itself: a simultaneous open needs no listener",
	.clause = "RFC 9293 3.5 MUST-10")
{
	struct endpoint *socket = bind_to(TCP, "127.0.0.1", 8898);
	connect_socket(socket, "127.0.0.1", 8898);
	expect_state(8898, ESTABLISHED);
	expect_no_state(8898, LISTEN);
	send_text(socket, "hello");
	expect_received(socket, "hello");
	close_socket(socket);

	struct connection *conn = only_connection(8898);
	expect_simultaneous_open(conn);
	expect_sent(conn, CLIENT, "hello");
	expect_no_reset(conn);
	expect_state(8898, TIME_WAIT);
}
