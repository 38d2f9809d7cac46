/*
 * FAIL: the sender cuts after 900 bytes, not after 1000. The sender is wrong.
 * says "- CLIENT 1000 bytes"
 * says "+ CLIENT 900 bytes"
 * says "+ CLIENT 700 bytes"
 * lacks "SERVER 900"
 */
#include "wirecheck.h"

CASE(.proves = "datagrams have 1000 bytes, and the last has what is left",
	.clause = "udp(7) UDP_SEGMENT")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7000);
	struct program *sender =
		start("segment_sender", "127.0.0.1", "7000", "900", letters(2500), "message");
	const char *all = letters(2500);

	expect_exit(sender, 0);
	expect_datagrams(7000, from(CLIENT, format("%.1000s", all)),
		from(CLIENT, format("%.1000s", all + 1000)), from(CLIENT, all + 2000));
	drop_incoming(receiver);
}
