/* As each_verb.c, for the verbs about UDP-Lite, which a kernel may lack. */
#include "wirecheck.h"

CASE(.proves = "a failure is found by its packet", .clause = "none: fails on purpose",
	.needs_protocol = UDPLITE)
{
	struct endpoint *receiver = bind_to(UDPLITE, "127.0.0.1", 7003);
	struct endpoint *sender = connect_to(UDPLITE, "127.0.0.1", 7003);

	send_text(sender, "one");
	expect_received(receiver, "two");
	expect_coverage(udplite_datagram_of(7003, 1), 8);
	expect_udplite_datagrams(7003, from(CLIENT, "two"));
}
