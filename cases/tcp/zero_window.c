/*
 * A receiver that does not read reports it: its window goes to 0, and the sender stops. That is
 * flow control, and nothing is lost by it. An update of the window must not get lost either, so the
 * sender asks again and again, for as long as it takes. A program that stops reading keeps its peer
 * waiting, and only a time-out in the peer itself can end that.
 */
#include "wirecheck.h"

CASE(.proves = "a closed window stops the sender, which probes it until it opens; nothing is lost",
	.clause = "RFC 9293 3.8.6.1 MUST-36, MUST-37")
{
	struct bytes message = pattern(1 << 20);
	struct endpoint *listener = bind_to(TCP, "127.0.0.1", 8898);
	set_option(listener, SOL_SOCKET, SO_RCVBUF, 1 << 16);
	listen_socket(listener, 1);
	struct endpoint *client = open_socket(TCP);
	set_option(client, SOL_SOCKET, SO_SNDBUF, 1 << 16);
	connect_socket(client, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	struct connection *conn = only_connection(8898);

	size_t length = fill(client, message);
	until_probe(conn, CLIENT);
	expect_window_closed(conn, SERVER);
	expect_window_probed(conn, SERVER);

	expect_received_bytes(server, bytes_part(message, 0, length));
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);
	expect_window_opened(conn, SERVER);
	expect_sent_bytes(conn, CLIENT, bytes_part(message, 0, length));
	expect_closed(conn);
	expect_no_reset(conn);
}
