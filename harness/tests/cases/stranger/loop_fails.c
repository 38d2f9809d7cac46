/*
 * FAIL: the same failure comes fifty times, and some of the iterations have another one too.
 * says "50 times, iterations 1 to 50 of this line; the first is shown"
 * says "10 times, iterations 1, 6, 11, 16 and 6 more of this line, which came 50 times; the first is shown"
 * says "what was received differs at byte 0 of 2 expected, 2 found"
 */
#include "wirecheck.h"

CASE(.proves = "a loop that fails says so once", .clause = "none")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	struct endpoint *server = accept_from(listener);

	for (int i = 0; i < 50; i++) {
		send_text(client, format("%02d", i));
		expect_received(server, "no");
		send_text(server, i % 5 == 0 ? "no" : "ok");
		expect_received(client, "ok");
	}
	expect_handshake(only_connection(7000));
}
