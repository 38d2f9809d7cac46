/* PASS: a server with TCP_DEFER_ACCEPT is at rest until its client sends the first bytes. */
#include "wirecheck.h"

CASE(.proves = "a connection is accepted once its client has sent something, and not before",
	.clause = "tcp(7) TCP_DEFER_ACCEPT")
{
	struct endpoint *listener = bind_to(TCP, "127.0.0.1", 7000);
	set_option(listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, 10);
	listen_socket(listener, 1);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);

	struct connection *conn = only_connection(7000);
	expect_handshake(conn);
	expect_open(conn);
	expect_state(7000, SYN_RECEIVED);
	expect_nothing_to_accept(listener);
	send_text(client, "hello");
	struct endpoint *server = accept_from(listener);
	expect_received(server, "hello");
	expect_sent(conn, CLIENT, "hello");
}
