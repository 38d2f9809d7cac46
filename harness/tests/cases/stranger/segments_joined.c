/* PASS: a receiver that takes several datagrams at once (UDP_GRO) gets the ones that were sent. */
#include "wirecheck.h"

CASE(.proves = "joined or not, a receiver gets two datagrams of 1000 bytes and one of 500",
	.clause = "udp(7) UDP_GRO, UDP_SEGMENT")
{
	struct program *receiver = start("joining_receiver", "7000", "2500");
	until_listening(UDP, 7000);
	struct program *sender =
		start("segment_sender", "127.0.0.1", "7000", "1000", letters(2500), "option");
	const char *all = letters(2500);

	expect_exit(sender, 0);
	expect_exit(receiver, 0);
	expect_output(receiver, "1000\n1000\n500\n");
	expect_datagrams(7000, from(CLIENT, format("%.1000s", all)),
		from(CLIENT, format("%.1000s", all + 1000)), from(CLIENT, all + 2000));
}
