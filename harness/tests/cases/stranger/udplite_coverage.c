/*
 * FAIL: the report says what UDP-Lite's checksum covers, and how many datagrams there were.
 * says "expected a checksum of 8 bytes, found one of 17 of 17 with the header"
 * says "expected at least 2 UDP-Lite datagrams on port 7000, found 1"
 */
#include "wirecheck.h"

CASE(.proves = "all is covered unless the sender says otherwise", .clause = "RFC 3828 3.1",
	.needs_protocol = UDPLITE)
{
	struct endpoint *server = bind_to(UDPLITE, "127.0.0.1", 7000);
	struct endpoint *client = connect_to(UDPLITE, "127.0.0.1", 7000);
	struct endpoint *other = connect_to(UDP, "127.0.0.1", 7000);

	send_text(client, "all of it");
	send_text(other, "not this");
	expect_received(server, "all of it");
	expect_coverage(udplite_datagram_of(7000, 1), 8);
	expect_datagrams(7000, from(CLIENT, "not this"));
	allow_other_traffic();
	udplite_datagram_of(7000, 2);
}
