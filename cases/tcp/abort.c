/*
 * With SO_LINGER and a time of zero, close sends a RST instead of a FIN. The connection is gone at
 * once on both sides, and nothing stays in TIME-WAIT. But this is not a cheap way around TIME-WAIT:
 * the peer sees a broken connection, and it may lose what it had not read yet.
 *
 * RFC 9293 3.5.2 says that the side that sends a reset should enter TIME-WAIT; 3.10.5 says that its
 * connection is deleted. Linux does the latter.
 */
#include "wirecheck.h"

CASE(.proves = "SO_LINGER with a time of 0 makes close a reset: no FIN and no TIME-WAIT",
	.clause = "RFC 9293 3.10.5; POSIX setsockopt SO_LINGER; socket(7)")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct program *client = start("tcp_hello_client");
	struct endpoint *server = accept_from(listener);
	expect_received(server, "hello");
	abort_socket(server);

	expect_exit(client, 1);
	expect_output(client, "");
	expect_error(client, "Connection reset by peer");

	struct connection *conn = only_connection(8898);
	expect_reset(conn, SERVER);
	expect_no_fin(conn, SERVER);
	expect_no_fin(conn, CLIENT);
	expect_sent(conn, CLIENT, "hello");
	expect_no_state(8898, TIME_WAIT);
	expect_no_state(port_of(conn, CLIENT), TIME_WAIT);
}
