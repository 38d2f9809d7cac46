#include "wirecheck.h"

CASE(.proves = "datagrams come in other packets than expected", .clause = "none: fails on purpose")
{
	set_mtu(1500);
	bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	set_option(sender, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DONT);
	send_bytes(sender, pattern(2000));
	send_text(sender, "hello");

	expect_fragments(datagram_of(9000, 1), 0, 185, 370);
	expect_fragments(datagram_of(9000, 1), 0, 184);
	expect_dont_fragment(datagram_of(9000, 1));
	expect_dont_fragment(datagram_of(9000, 2));
	expect_fragments(datagram_of(9000, 2), 0, 185);
}
