/* PASS: a byte that is sent again because its ACK was lost is not a probe; a keepalive is one. */
#include "wirecheck.h"

CASE(.proves = "one byte that is sent again is not a probe, and a keepalive after a close is one",
	.clause = "RFC 9293 3.8.4; RFC 6298 5",
	.needs_ipv6 = true)
{
	struct endpoint *listener = listen_on("::1", 7000);
	struct endpoint *client = connect_to(TCP, "::1", 7000);
	struct endpoint *server = accept_from(listener);
	struct connection *conn = only_connection(7000);

	drop_incoming(client);
	send_text(client, "x");
	until_counter("Tcp", "RetransSegs", 2);
	take_incoming(client);
	until_acknowledged(client);
	expect_received(server, "x");
	expect_sent(conn, CLIENT, "x");
	expect_no_probe(conn, CLIENT);

	set_option(client, IPPROTO_TCP, TCP_KEEPIDLE, 1);
	set_option(client, SOL_SOCKET, SO_KEEPALIVE, 1);
	shut_down(client, SHUT_WR);
	expect_end_of_stream(server);
	expect_no_probe(conn, CLIENT);
	until_probe(conn, CLIENT);
	expect_probe(conn, CLIENT);
	expect_no_probe(conn, SERVER);
}
