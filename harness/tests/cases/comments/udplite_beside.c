/* Failures about UDP on a port where the last datagram is one of UDP-Lite. */
#include "wirecheck.h"

CASE(.proves = "a failure about UDP is tied to a packet of UDP", .clause = "none: fails on purpose",
	.needs_protocol = UDPLITE)
{
	bind_to(UDP, "127.0.0.1", 7004);
	bind_to(UDPLITE, "127.0.0.1", 7004);
	lose_datagram(7004, CLIENT, 5);
	send_text(connect_to(UDP, "127.0.0.1", 7004), "one");
	expect_datagrams(7004, from(CLIENT, "one"));
	send_text(connect_to(UDPLITE, "127.0.0.1", 7004), "two");
	expect_datagrams(7004, from(CLIENT, "three"));
	allow_traffic_on(7004);
}
