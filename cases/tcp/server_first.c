/*
 * TCP needs a program that listens. Without a server the client is refused at once, by a reset, and
 * has to report that. So a client can tell a server that is down from one that is slow: as soon as
 * a server listens, the system accepts the client and keeps what it sends, and the same client
 * waits until the server gets to it.
 */
#include "wirecheck.h"

CASE(.proves = "a client without a server is refused and says so; with a server it works",
	.clause = "RFC 9293 3.5.2; POSIX connect ECONNREFUSED, listen")
{
	struct program *early = start("tcp_hello_client");
	expect_exit(early, 1);
	expect_output(early, "");
	expect_error(early, "Connection refused");
	expect_refused(connection_of(8898, 1, 1));

	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	expect_bound_to(TCP, "127.0.0.1", 8898);
	expect_backlog(8898, 5);

	hold(server);
	struct program *client = start("tcp_hello_client");
	until_waiting(client, CLIENT, 8898);
	struct connection *conn = connection_of(8898, 2, 2);
	expect_handshake(conn);
	expect_open(conn);

	release(server);
	expect_exit(client, 0);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_output(client, "hi\n");
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed(conn);
	expect_no_reset(conn);
}
