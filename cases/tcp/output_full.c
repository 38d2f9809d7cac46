/*
 * Printing can fail, for instance when a disk is full. A server that does not check that answers as
 * if all were well, and its user believes that the message was kept.
 */
#include "wirecheck.h"

CASE(.proves = "a server that cannot print what it received says so and sends no answer",
	.clause = "POSIX write ENOSPC; full(4)")
{
	struct program *server = start_with(LAUNCH(.no_output = true), "tcp_hello_server");
	until_listening(TCP, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 1);
	expect_error(server, "No space left on device");

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "");
}
