/* PASS: the program has taken all bytes. It has not taken the FIN, but a FIN is not a byte. */
#include "wirecheck.h"

CASE(.proves = "a server that has taken all bytes waits", .clause = "RFC 9293 3.6")
{
	struct program *server = start("leak_server");

	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	send_text(client, "hi");
	expect_received(client, "hi");
	close_socket(client);
	until_waiting(server, SERVER, 7000);
	expect_state(7000, CLOSE_WAIT);
	struct connection *conn = only_connection(7000);
	expect_sent(conn, CLIENT, "hi");
	expect_sent(conn, SERVER, "hi");
}
