/*
 * One datagram to a group reaches every socket that joined it, once each: the sender sends once,
 * whatever the number of receivers. Who has not joined does not get it, but Linux asks for more
 * than that: by default a socket on all addresses hears every group that any program on the machine
 * has joined. A program that wants only its own sets IP_MULTICAST_ALL to 0, or binds the group's
 * address.
 */
#include "wirecheck.h"

#define GROUP "239.1.2.3"

static struct endpoint *open_on(const char *host)
{
	struct endpoint *endpoint = open_socket(UDP);

	set_option(endpoint, SOL_SOCKET, SO_REUSEADDR, 1);
	bind_socket(endpoint, host, 9000);
	return endpoint;
}

CASE(.proves = "one datagram to a group comes to each member once, and not to who has not joined",
	.clause = "RFC 1112 4, 7.1; ip(7) IP_ADD_MEMBERSHIP, IP_MULTICAST_ALL")
{
	struct endpoint *member = open_on(GROUP);
	join_group(member, GROUP);
	struct endpoint *other_member = open_on("0.0.0.0");
	join_group(other_member, GROUP);
	struct endpoint *stranger = open_on("0.0.0.0");
	set_option(stranger, IPPROTO_IP, IP_MULTICAST_ALL, 0);
	struct endpoint *overhearer = open_on("0.0.0.0");

	struct endpoint *sender = bind_to(UDP, "127.0.0.1", 9001); /* its interface is lo */
	send_text_to(sender, GROUP, 9000, "to all");
	expect_received(member, "to all");
	expect_received(other_member, "to all");
	expect_received(overhearer, "to all");
	expect_nothing_received(member);
	expect_nothing_received(other_member);
	expect_nothing_received(stranger);

	expect_datagrams(9000, from(CLIENT, "to all"));
}
