/*
 * A server that reads only what it wants of a request and then closes throws the rest away. TCP
 * does not hide that: the close is a reset, not an end of the stream, so the sender cannot take it
 * for success. The reset also means that an answer sent just before the close may never be read.
 */
#include "wirecheck.h"

CASE(.proves = "a close with unread bytes resets the connection, and the sender gets an error",
	.clause = "RFC 9293 3.6.1 SHLD-3; RFC 2525 2.17")
{
	const char *message = letters(1 << 15);

	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	hold(server);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_bytes(client, bytes_of(message)); /* far more than the server reads */
	release(server);
	expect_exit(server, 0);
	expect_output(server, format("%.1024s\n", message));

	/* What the client sends again meets a closed socket, whose RST may overtake the answer. */
	drain_until_error(client, ECONNRESET);
	expect_send_error(client, bytes_of("more"), EPIPE);
	expect_counter("TcpExt", "TCPAbortOnClose", 1);

	struct connection *conn = only_connection(8898);
	expect_reset(conn, SERVER);
	expect_no_fin(conn, SERVER);
	expect_sent_prefix(conn, CLIENT, bytes_of(message));
	expect_sent(conn, SERVER, "hi");
}
