/*
 * When the peer does not read, the buffers of both kernels fill up. Then a send on a non-blocking
 * socket fails with EAGAIN, after it may have taken a part. The program has to keep what was not
 * taken and send that later. A program that sends everything again doubles bytes. A program that
 * goes on with the next message loses some.
 */
#include "wirecheck.h"

CASE(.proves = "with both buffers full send fails with EAGAIN, and nothing is lost once they drain",
	.clause = "send(2); POSIX send EAGAIN")
{
	struct bytes message = pattern(4 << 20);
	struct endpoint *listener = bind_to(TCP, "127.0.0.1", 8898);
	set_option(listener, SOL_SOCKET, SO_RCVBUF, 1 << 16);
	listen_socket(listener, 1);
	struct endpoint *client = open_socket(TCP);
	set_option(client, SOL_SOCKET, SO_SNDBUF, 1 << 16);
	connect_socket(client, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);

	size_t taken = fill(client, message); /* until EAGAIN */
	expect_received_bytes(server, bytes_part(message, 0, taken));
	size_t again = fill(client, bytes_part(message, taken, message.length - taken));
	expect_received_bytes(server, bytes_part(message, taken, again));
	expect_nothing_received(server);
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(8898);
	expect_sent_bytes(conn, CLIENT, bytes_part(message, 0, taken + again));
	expect_closed(conn);
	expect_no_reset(conn);
}
