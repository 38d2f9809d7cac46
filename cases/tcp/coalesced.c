/*
 * TCP carries a stream of bytes and keeps no boundaries in it. One receive may return what two
 * sends put in. A program that takes what it received for one message works until the network is
 * slow for a moment. It has to find the ends of messages in the bytes themselves.
 */
#include "wirecheck.h"

CASE(.proves = "two sends may arrive in one receive: TCP keeps no message boundaries",
	.clause = "RFC 9293 3.9.1.2")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	hold(server);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hel");
	send_text(client, "lo");
	until_acknowledged(client);
	release(server);

	expect_received(client, "hi");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_output(server, "hello\n");

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed(conn);
	expect_no_reset(conn);
}
