/*
 * FAIL: the server does not do TCP Fast Open, so the client sends the data again after the SYN.
 * says "CLIENT's SYN carried these 5 bytes, and SERVER did not take all of them"
 * lacks "expect_sent(conn"
 */
#include "wirecheck.h"

CASE(.proves = "data in a SYN that was not taken is distinguished from data that was taken",
	.clause = "RFC 7413 4.2")
{
	/* Clients use it, without a cookie. */
	set_sysctl("net.ipv4.tcp_fastopen", "5");
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = open_socket(TCP);
	set_option(client, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1);
	connect_socket(client, "127.0.0.1", 7000);
	send_text(client, "hello");
	struct endpoint *server = accept_from(listener);
	expect_received(server, "hello");

	struct connection *conn = only_connection(7000);
	expect_handshake(conn);
	expect_sent(conn, CLIENT, "hello");
	expect_sent_in_syn(conn, "hello");
}
