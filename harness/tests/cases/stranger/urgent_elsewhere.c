/*
 * FAIL: the urgent data ends one byte before the place that the case expects, far from the pointer.
 * says "expected CLIENT's urgent pointer at the end of 100001 bytes, found it at the end of 100000"
 */
#include "wirecheck.h"

CASE(.proves = "the urgent pointer is not taken for more than it says", .clause = "RFC 9293 3.8.5")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	struct endpoint *server = accept_from(listener);

	send_urgent(client, letters(100000));
	close_socket(client);
	drain(server);
	expect_urgent(only_connection(7000), CLIENT, 100001);
	allow_other_traffic();
}
