/* PASS: an urgent byte that is too far for the pointer's 16 bits is found at its real place. */
#include "wirecheck.h"

CASE(.proves = "the place of urgent data is known when it is more than 65,535 bytes away",
	.clause = "RFC 9293 3.8.5")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = open_socket(TCP);
	set_option(client, IPPROTO_TCP, TCP_MAXSEG, 1000);
	connect_socket(client, "127.0.0.1", 7000);
	struct endpoint *server = accept_from(listener);
	const char *text = letters(200000);

	set_option(server, SOL_SOCKET, SO_OOBINLINE, 1);
	send_urgent(client, text);
	expect_received(server, text);
	send_urgent(client, "and one more");
	expect_received(server, "and one more");

	struct connection *conn = only_connection(7000);
	expect_urgent(conn, CLIENT, 200000);
	expect_urgent(conn, CLIENT, 200012);
	expect_sent(conn, CLIENT, format("%sand one more", text));
}
