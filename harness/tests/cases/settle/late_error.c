#include "wirecheck.h"

CASE(.proves = "the wire is not settled before a late datagram has come, and what it leads to",
	.clause = "none: passes")
{
	delay_datagrams(9000, CLIENT, 1, 2, 50);
	for (int i = 1; i <= 2; i++) {
		struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
		send_text(sender, "anybody there?");
		close_socket(sender); /* nobody is left who could send */
		expect_icmp(9000, 3, 3);
		expect_counter("Udp", "NoPorts", i);
	}
	expect_datagrams(9000, from(CLIENT, "anybody there?"), from(CLIENT, "anybody there?"));
}
