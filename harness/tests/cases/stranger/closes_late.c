/* PASS: expectations wait for a server that answers and closes in its own time. */
#include "wirecheck.h"

CASE(.proves = "expectations wait for what a program should send, and for its close", .clause = "RFC 9293 3.6")
{
	struct program *server = start("slow_server", "50");

	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	send_text(client, "hi");
	struct connection *conn = only_connection(7000);
	expect_sent(conn, CLIENT, "hi");
	expect_sent(conn, SERVER, "hi");
	expect_received(client, "hi");
	close_socket(client);
	expect_closed_first(conn, CLIENT);
	expect_closed(conn);
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
}
