/*
 * send hands bytes to the kernel and returns. It says nothing about the peer. So the first send to
 * a peer that has closed succeeds. The peer's kernel answers it with a reset, and only the next
 * send fails, with EPIPE. With EPIPE comes SIGPIPE, which ends a program that neither ignores it
 * nor sends with MSG_NOSIGNAL: a server dies because one client went away too early.
 */
#include "wirecheck.h"

CASE(.proves = "the first send to a peer that has closed succeeds, the second fails with EPIPE",
	.clause = "RFC 9293 3.6.1 SHLD-3; send(2) EPIPE, MSG_NOSIGNAL")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	close_socket(server);
	until_socket_state(client, CLOSE_WAIT);
	expect_send_error(client, bytes_of("one"), 0);
	until_socket_state(client, CLOSE);
	expect_send_error(client, bytes_of("two"), EPIPE);

	/* This program's client has gone too: its only send succeeds, and it exits with 0. */
	struct program *program = start("tcp_hello_server", "127.0.0.1", "8899");
	until_listening(TCP, 8899);
	hold(program);
	struct endpoint *hasty = connect_to(TCP, "127.0.0.1", 8899);
	send_text(hasty, "hello");
	close_socket(hasty);
	release(program);
	expect_exit(program, 0);
	expect_output(program, "hello\n");

	struct connection *conn = only_connection(8898);
	expect_closed_first(conn, SERVER);
	expect_sent(conn, CLIENT, "one");
	expect_reset(conn, SERVER);
	struct connection *hasty_conn = only_connection(8899);
	expect_sent(hasty_conn, CLIENT, "hello");
	expect_sent(hasty_conn, SERVER, "hi");
	expect_reset(hasty_conn, CLIENT);
}
