#include "wirecheck.h"

CASE(.proves = "an ICMP error is another one, or does not come", .clause = "none: fails on purpose")
{
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "hello");

	expect_icmp(9000, 3, 1);
	expect_icmp(9000, 3, 3);
	expect_datagrams(9000, from(CLIENT, "hello"));
}
