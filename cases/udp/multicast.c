/*
 * One datagram to a group comes to every socket that joined it, once to each. The sender sends
 * once, however many receivers there are. A socket that has not joined does not get it; but on
 * Linux a program has to ask for that with IP_MULTICAST_ALL 0. By default a socket on all addresses
 * receives for every group that any program on the machine has joined. It may then take messages
 * for its own that were meant for others.
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

CASE(.proves = "one datagram to a group comes to each member once, and not to others",
	.clause = "RFC 1112 4, 7.1; ip(7) IP_ADD_MEMBERSHIP, IP_MULTICAST_ALL")
{
	struct endpoint *member = open_for_own_groups();
	join_group(member, GROUP);
	struct endpoint *other_member = open_for_own_groups();
	join_group(other_member, GROUP);
	struct endpoint *stranger = open_for_own_groups();
	struct endpoint *by_default = open_for_own_groups();
	set_option(by_default, IPPROTO_IP, IP_MULTICAST_ALL, 1);

	struct endpoint *sender = bind_to(UDP, "127.0.0.1", 9001); /* to send on loopback */
	send_text_to(sender, GROUP, 9000, "to all");
	expect_received(member, "to all");
	expect_received(other_member, "to all");
	expect_received(by_default, "to all");
	expect_nothing_received(member);
	expect_nothing_received(other_member);
	expect_nothing_received(stranger);

	expect_datagrams(9000, from(CLIENT, "to all"));
}
