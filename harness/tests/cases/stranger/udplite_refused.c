/*
 * FAIL: an ICMP error about UDP-Lite names ports and quotes the datagram that was sent.
 * says "expected 1 UDP-Lite datagram on port 7000, found 1 (- missing, + not expected)"
 * says "+ CLIENT 4 bytes "lost""
 * says "ICMP 3/3"
 * says "port unreachable, UDP-Lite"
 * lacks "expect_icmp"
 */
#include "wirecheck.h"

CASE(.proves = "nobody is bound there", .clause = "RFC 3828; RFC 1122 4.1.3.3",
	.needs_protocol = UDPLITE)
{
	struct endpoint *client = connect_to(UDPLITE, "127.0.0.1", 7000);
	send_text(client, "lost");
	expect_receive_error(client, ECONNREFUSED);
	expect_icmp(7000, 3, 3);
	expect_udplite_datagrams(7000, from(CLIENT, "found"));
}
