/*
 * A client may be gone again before the server accepts it. Systems report that differently. POSIX
 * allows accept to fail with ECONNABORTED. On Linux accept succeeds, and the first receive fails
 * with ECONNRESET. A server has to survive both, because any client can do this to it.
 */
#include "wirecheck.h"

CASE(.proves = "when a client aborts first, accept succeeds and the receive fails with ECONNRESET",
	.clause = "accept(2); RFC 9293 3.10.7.4")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	hold(server);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	abort_socket(client);

	struct connection *conn = only_connection(8898);
	expect_handshake(conn);
	expect_reset(conn, CLIENT);

	release(server);
	expect_exit(server, 1);
	expect_error(server, "Connection reset by peer");
	expect_output(server, "");

	/* The same on a socket of the case's own, where each call is seen. */
	struct endpoint *listener = listen_on("127.0.0.1", 8899);
	client = connect_to(TCP, "127.0.0.1", 8899);
	until_queued(listener, 1);
	abort_socket(client);
	expect_reset(only_connection(8899), CLIENT);
	expect_receive_error(accept_from(listener), ECONNRESET);
}
