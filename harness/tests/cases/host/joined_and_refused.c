/* The case expects an ICMP error about datagrams that are sent at once. */
#include "wirecheck.h"

CASE(.proves = "nobody is on the port", .clause = "RFC 1122 4.1.3.1")
{
	struct program *sender =
		start("segment_sender", "127.0.0.1", "7000", "10", letters(30), "option");

	allow_other_traffic();
	expect_exit(sender, 0);
	expect_icmp(7000, 3, 3);
}
