/*
 * The kernel completes connections by itself and queues them for accept. So connect succeeds before
 * the server has seen the client at all. When the listener closes, the kernel resets the
 * connections that still wait. A connect alone therefore never shows a client that it is being
 * served.
 */
#include "wirecheck.h"

CASE(.proves = "a connection that waits to be accepted is reset when its listener closes",
	.clause = "RFC 9293 3.10.7.4; listen(2)")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	until_queued(listener, 1);
	close_socket(listener);
	expect_receive_error(client, ECONNRESET);

	struct connection *conn = only_connection(8898);
	expect_handshake(conn);
	expect_reset(conn, SERVER);
	expect_no_fin(conn, SERVER);
	expect_no_fin(conn, CLIENT);
}
