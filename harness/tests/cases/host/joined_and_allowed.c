/* Three datagrams are sent at once, and the case allows them: nothing depends on them. */
#include "wirecheck.h"

CASE(.proves = "nothing about datagrams", .clause = "udp(7) UDP_SEGMENT")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7000);
	struct program *sender =
		start("segment_sender", "127.0.0.1", "7000", "10", letters(30), "option");

	allow_other_traffic();
	expect_exit(sender, 0);
	drop_incoming(receiver);
}
