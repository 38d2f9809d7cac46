/*
 * A program can tell a peer that has finished from a peer that broke off. In the first case a
 * receive returns 0, in the second it fails with ECONNRESET. A program that treats both as "the
 * connection is gone" takes half a file for a whole one.
 */
#include "wirecheck.h"

CASE(.proves = "a program can tell an orderly end of the stream from an aborted connection",
	.clause = "RFC 9293 3.6 MUST-12; recv(2)")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);

	struct program *saw_the_end = start("tcp_hello_client");
	struct endpoint *server = accept_from(listener);
	expect_received(server, "hello");
	close_socket(server);
	expect_exit(saw_the_end, 0);
	expect_output(saw_the_end, "\n");

	struct program *saw_the_reset = start("tcp_hello_client");
	server = accept_from(listener);
	expect_received(server, "hello");
	abort_socket(server);
	expect_exit(saw_the_reset, 1);
	expect_error(saw_the_reset, "Connection reset by peer");

	struct connection *closed = connection_of(8898, 1, 2);
	expect_sent(closed, CLIENT, "hello");
	expect_closed_first(closed, SERVER);
	expect_closed(closed);
	expect_no_reset(closed);
	struct connection *aborted = connection_of(8898, 2, 2);
	expect_sent(aborted, CLIENT, "hello");
	expect_reset(aborted, SERVER);
	expect_no_fin(aborted, SERVER);
}
