/*
 * One datagram to a group comes to every socket that joined it, once each: the sender sends once,
 * whatever the number of receivers. Who has not joined does not get it. On Linux a program has to
 * ask for that by IP_MULTICAST_ALL 0: by default a socket on all addresses hears every group that
 * any program on the machine has joined, and may take for its own what was meant for others.
 */
#include "wirecheck.h"

#define GROUP "239.1.2.3"

static struct endpoint *open_for_own_groups(void)
{
	struct endpoint *endpoint = open_socket(UDP);

	set_option(endpoint, SOL_SOCKET, SO_REUSEADDR, 1);
	set_option(endpoint, IPPROTO_IP, IP_MULTICAST_ALL, 0);
	bind_socket(endpoint, "0.0.0.0", 9000);
	return endpoint;
}

CASE(.proves = "one datagram to a group comes to each member once, and not to who has not joined",
	.clause = "RFC 1112 4, 7.1; ip(7) IP_ADD_MEMBERSHIP, IP_MULTICAST_ALL")
{
	struct endpoint *member = open_for_own_groups();
	join_group(member, GROUP);
	struct endpoint *other_member = open_for_own_groups();
	join_group(other_member, GROUP);
	struct endpoint *stranger = open_for_own_groups();
	struct endpoint *by_default = open_for_own_groups();
	set_option(by_default, IPPROTO_IP, IP_MULTICAST_ALL, 1);

	struct endpoint *sender = bind_to(UDP, "127.0.0.1", 9001); /* so it sends on loopback */
	send_text_to(sender, GROUP, 9000, "to all");
	expect_received(member, "to all");
	expect_received(other_member, "to all");
	expect_received(by_default, "to all");
	expect_nothing_received(member);
	expect_nothing_received(other_member);
	expect_nothing_received(stranger);

	expect_datagrams(9000, from(CLIENT, "to all"));
}
