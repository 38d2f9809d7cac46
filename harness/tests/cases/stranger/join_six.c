/* PASS: the case joins groups of both families; its kernel's reports about that do not count. */
#include "wirecheck.h"

CASE(.proves = "members of both families receive, and the kernel's reports are nobody's traffic",
	.clause = "RFC 3376 5.1; RFC 3810 6.1",
	.needs_ipv6 = true)
{
	struct endpoint *member = bind_to(UDP, "::", 7000);
	join_group(member, "ff15::99");
	struct endpoint *other = bind_to(UDP, "0.0.0.0", 7001);
	join_group(other, "239.9.9.9");
	expect_no_packets();

	send_text_to(bind_to(UDP, "::1", 7010), "ff15::99", 7000, "to all");
	expect_received(member, "to all");
	send_text_to(open_socket(UDP), "239.9.9.9", 7001, "to all");
	expect_received(other, "to all");
	expect_datagrams(7000, from(CLIENT, "to all"));
	expect_datagrams(7001, from(CLIENT, "to all"));
}
