/* PASS: a client that does not read leaves no unsettled wire, even when the server has ended. */
#include "wirecheck.h"

CASE(.proves = "what waits for a client to read is as settled as it will be",
	.clause = "RFC 9293 3.8.6", .ring_mib = 64)
{
	struct program *server = start("download_server", "8000000");

	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	struct connection *conn = only_connection(7000);
	expect_window_closed(conn, CLIENT);
	expect_no_reset(conn);
	drain(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_sent_matches(conn, SERVER, "HTTP/1.1 200 OK*");
	expect_closed(conn);
}
