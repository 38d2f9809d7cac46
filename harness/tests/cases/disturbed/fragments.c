#include "wirecheck.h"

static void lose_first(const char *host)
{
	struct bytes lost = pattern(4000), kept = pattern(3000);
	struct endpoint *receiver = bind_to(UDP, host, 9000);
	struct endpoint *sender = connect_to(UDP, host, 9000);

	lose_datagram(9000, CLIENT, 1);
	send_bytes(sender, lost);
	send_bytes(sender, kept);
	expect_received_bytes(receiver, kept);
	expect_nothing_received(receiver);
	expect_datagrams(9000, from_bytes(CLIENT, lost), from_bytes(CLIENT, kept));
	close_socket(receiver);
}

CASE(.proves = "a datagram in fragments counts as one, by IPv4 and by IPv6",
	.clause = "none: passes", .needs_ipv6 = true)
{
	set_mtu(1500);
	lose_first("127.0.0.1");
	lose_first("::1");
}
