/* Datagrams to another port are sent at once; the case's own datagram is not. */
#include "wirecheck.h"

CASE(.proves = "one datagram", .clause = "RFC 768")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 7000);
	struct program *sender =
		start("segment_sender", "127.0.0.1", "7999", "10", letters(30), "option");

	expect_exit(sender, 0);
	send_text(client, "hello");
	expect_received(receiver, "hello");
	expect_datagrams(7000, from(CLIENT, "hello"));
}
