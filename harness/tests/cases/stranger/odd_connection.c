/*
 * FAIL: one of many connections differs from the others, and is shown first.
 * says "expected 1 connection on port 7000, found 41"
 * says " SYN, SYN+ACK, ACK; 5 bytes from CLIENT, 0 from SERVER; closed"
 * says "and 33 more connections"
 */
#include "wirecheck.h"

CASE(.proves = "a client connects once", .clause = "none")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);

	for (int i = 0; i < 41; i++) {
		struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
		struct endpoint *server = accept_from(listener);
		if (i == 30) {
			send_text(client, "hello");
			expect_received(server, "hello");
		}
		close_socket(client);
		expect_end_of_stream(server);
		close_socket(server);
	}
	expect_handshake(only_connection(7000));
}
