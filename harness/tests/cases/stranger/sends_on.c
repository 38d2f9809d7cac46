/*
 * FAIL: the server sends one more byte after the case has looked at what it sent.
 * says "no expectation looked at the 1 bytes that SERVER 127.0.0.1:7000 sent after the first 2"
 */
#include "wirecheck.h"

CASE(.proves = "what comes after the last look is not looked at", .clause = "RFC 9293 3.8")
{
	struct program *server = start_tool("socat", "TCP4-LISTEN:7000,bind=127.0.0.1,reuseaddr",
		"SYSTEM:printf hi; head -c1 >/dev/null; printf !");

	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	expect_received(client, "hi");
	struct connection *conn = only_connection(7000);
	expect_sent(conn, SERVER, "hi");
	send_text(client, "x"); /* which the server waits for */
	expect_sent(conn, CLIENT, "x");
	expect_exit(server, 0);
	close_socket(client);
}
