/*
 * A client may be gone before it has its answer. Then the send to it fails with EPIPE, and the
 * kernel adds SIGPIPE, which ends a program that does not ignore it. Such a program ends without a
 * message. If it serves many clients, it ends for all of them.
 *
 * The server prints before it answers, and here it has no room to print. So the client's FIN and
 * RST are there before the answer, however fast the server is. The FIN is needed: after a RST alone
 * the send would fail with ECONNRESET, and no signal would come.
 */
#include "wirecheck.h"

CASE(.proves = "an answer to a client that is gone is a failed call and does not kill by SIGPIPE",
	.clause = "POSIX send EPIPE; signal(7) SIGPIPE")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	block_output(server);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	until_waiting(server, SERVER, 8898);
	shut_down(client, SHUT_WR);
	until_state(8898, CLOSE_WAIT);
	abort_socket(client);

	struct connection *conn = only_connection(8898);
	expect_reset(conn, CLIENT);
	unblock_output(server);
	expect_exit(server, 1);
	expect_error(server, "Broken pipe");
	expect_output(server, "hello\n");
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "");
}
