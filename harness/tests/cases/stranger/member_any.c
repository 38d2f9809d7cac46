/* PASS: a program that names no interface joins a group on the one of the route for groups. */
#include "wirecheck.h"

CASE(.proves = "a member that leaves the interface to the system receives, with both families",
	.clause = "ip(7) IP_ADD_MEMBERSHIP; RFC 3493 5.2",
	.needs_ipv6 = true)
{
	struct program *member = start("group_member", "239.9.9.9", "7000");
	until_listening(UDP, 7000);
	struct program *member6 = start("group_member", "ff15::99", "7001");
	until_listening(UDP, 7001);

	struct endpoint *sender = bind_to(UDP, "127.0.0.1", 7010);
	send_text_to(sender, "239.9.9.9", 7000, "to all");
	struct endpoint *sender6 = bind_to(UDP, "::1", 7010);
	send_text_to(sender6, "ff15::99", 7001, "to all");

	expect_exit(member, 0);
	expect_output(member, "to all\n");
	expect_exit(member6, 0);
	expect_output(member6, "to all\n");
	expect_datagrams(7000, from(CLIENT, "to all"));
	expect_datagrams(7001, from(CLIENT, "to all"));
}
