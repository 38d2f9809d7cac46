/*
 * TCP_NODELAY switches Nagle's algorithm off (tcp/nagle): each send goes out at once, in a segment
 * of its own, whether the one before was acknowledged or not. Programs that answer each other in
 * small messages want it; what is on the wire is the same stream.
 *
 * A send that finds no room on the way may still be gathered with the next, so the number of
 * segments is shown, not required.
 */
#include "wirecheck.h"

CASE(.proves = "with TCP_NODELAY small sends go out without waiting for ACKs (for information)",
	.clause = "RFC 9293 3.7.4 MUST-17; tcp(7) TCP_NODELAY")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	set_option(client, IPPROTO_TCP, TCP_NODELAY, 1);
	expect_option(client, IPPROTO_TCP, TCP_NODELAY, 1);
	set_option(server, IPPROTO_TCP, TCP_QUICKACK, 0);
	for (int i = 0; i < 10; i++)
		send_text(client, format("%d", i));
	expect_received(server, "0123456789");
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "0123456789");
	expect_closed(conn);
	expect_no_reset(conn);
	record("10 sends of one byte went out in %zu segments", segments_sent(conn, CLIENT));
}
