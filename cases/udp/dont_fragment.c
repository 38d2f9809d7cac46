/*
 * A program may forbid fragments. With IP_PMTUDISC_DO its packets have the flag DF, and the kernel
 * refuses a datagram that does not fit the path's MTU instead of cutting it up. That is how
 * protocols over UDP find out how much they can send; IP_MTU returns the MTU that is known. At an
 * MTU of 1500, a datagram has room for 1472 bytes after 20 of IP header and 8 of UDP header.
 */
#include "wirecheck.h"

CASE(.proves = "with IP_PMTUDISC_DO what exceeds the MTU is refused, and what fits is sent with DF",
	.clause = "ip(7) IP_MTU_DISCOVER, IP_MTU; RFC 791 2.3")
{
	struct bytes fitting = pattern(1472);

	set_mtu(1500);
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	set_option(sender, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
	expect_send_error(sender, pattern(4000), EMSGSIZE);
	expect_send_error(sender, pattern(1473), EMSGSIZE);
	expect_option(sender, IPPROTO_IP, IP_MTU, 1500);
	send_bytes(sender, fitting);
	expect_received_bytes(receiver, fitting);

	expect_datagrams(9000, from_bytes(CLIENT, fitting));
	expect_dont_fragment(datagram_of(9000, 1));
}
