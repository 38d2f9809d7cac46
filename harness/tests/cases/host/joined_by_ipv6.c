/* Three datagrams are sent at once over IPv6. */
#include "wirecheck.h"

CASE(.proves = "three datagrams", .clause = "udp(7) UDP_SEGMENT", .needs_ipv6 = true)
{
	struct endpoint *receiver = bind_to(UDP, "::1", 7000);
	const char *all = letters(30);
	struct program *sender = start("segment_sender", "::1", "7000", "10", all, "message");

	expect_exit(sender, 0);
	expect_datagrams(7000, from(CLIENT, format("%.10s", all)),
		from(CLIENT, format("%.10s", all + 10)), from(CLIENT, all + 20));
	drop_incoming(receiver);
}
