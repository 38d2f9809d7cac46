/*
 * FAIL: the case says that one datagram was sent, and three were.
 * says "expected 1 datagram on port 7000, found 3"
 * says "datagram 1 was split into 3"
 * lacks "unexpected datagram"
 */
#include "wirecheck.h"

CASE(.proves = "2500 bytes are one datagram", .clause = "udp(7) UDP_SEGMENT")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7000);
	struct program *sender =
		start("segment_sender", "127.0.0.1", "7000", "1000", letters(2500), "option");

	expect_exit(sender, 0);
	expect_datagrams(7000, from(CLIENT, letters(2500)));
	drop_incoming(receiver);
}
