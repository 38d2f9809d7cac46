#include "wirecheck.h"

CASE(.proves = "a datagram to a port without a socket causes an ICMP error",
	.clause = "none: fails on purpose")
{
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "hello");

	expect_received(client, "hi");
	expect_datagrams(9000, from(CLIENT, "hello"));
}
