/*
 * FAIL: UDP-Lite that no expectation looked at is reported too, with the verb that would do so.
 * says "unexpected UDP-Lite datagram, which no expectation looked at: 127.0.0.1:7001 to 127.0.0.1:70"
 * says "expect_udplite_datagrams(7000, ...) would"
 * says "[UDP-Lite, covers 11]  "hey""
 */
#include "wirecheck.h"

CASE(.proves = "expectations account for UDP-Lite", .clause = "RFC 3828",
	.needs_protocol = UDPLITE)
{
	struct endpoint *server = bind_to(UDPLITE, "127.0.0.1", 7000);
	struct endpoint *client = bind_to(UDPLITE, "127.0.0.1", 7001);
	send_text_to(client, "127.0.0.1", 7000, "hey");
	expect_received(server, "hey");

	/* The verbs about UDP do not see it. */
	expect_no_datagrams(7000);
}
