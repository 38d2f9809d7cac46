#include "wirecheck.h"

CASE(.proves = "a UDP-Lite datagram has another text, and covers more of it",
	.clause = "none: fails on purpose", .needs_protocol = UDPLITE)
{
	struct endpoint *server = bind_to(UDPLITE, "127.0.0.1", 9000);
	struct endpoint *client = bind_to(UDPLITE, "127.0.0.1", 9001);
	send_text_to(client, "127.0.0.1", 9000, "hello");
	expect_received(server, "hello");
	expect_udplite_datagrams(9000, from(CLIENT, "hullo"));
	expect_coverage(udplite_datagram_of(9000, 1), 8);
}
