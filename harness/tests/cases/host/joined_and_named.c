/* The case looks at the second of three datagrams that are sent at once. */
#include "wirecheck.h"

CASE(.proves = "the second of three", .clause = "udp(7) UDP_SEGMENT")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7000);
	struct program *sender =
		start("segment_sender", "127.0.0.1", "7000", "10", letters(30), "option");

	allow_other_traffic();
	expect_exit(sender, 0);
	expect_answer(datagram_of(7000, 2), datagram_of(7000, 2));
	drop_incoming(receiver);
}
