/*
 * FAIL: the clients close their connections, and the server closes none of its own.
 * says "expected no socket on port 7000 in CLOSE-WAIT"
 * says "of leak_server (process 2) in CLOSE-WAIT: this side has not closed"
 * says "leak_server: process 2 sleeps in accept(3: TCP 127.0.0.1:7000 in LISTEN)"
 * lacks "bytes not taken"
 */
#include "wirecheck.h"

CASE(.proves = "the server closes what its clients have closed", .clause = "RFC 9293 3.6")
{
	struct program *server = start("leak_server");

	until_listening(TCP, 7000);
	for (int i = 0; i < 3; i++) {
		struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
		send_text(client, "hi");
		expect_received(client, "hi");
		close_socket(client);
	}
	until_waiting(server, SERVER, 7000);
	expect_no_state(7000, CLOSE_WAIT);
	allow_other_traffic();
	send_signal(server, SIGTERM);
}
