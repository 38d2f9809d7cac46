/*
 * PASS: in any order, a datagram that several patterns match is taken for the one that no other
 * datagram matches.
 */
#include "wirecheck.h"

CASE(.proves = "patterns are given to datagrams so that each has one", .clause = "verbs/datagrams.h")
{
	struct endpoint *server = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	const struct message expected[] = {from_matching(CLIENT, "*"), from_matching(CLIENT, "a*"),
		from_matching(CLIENT, "a*b"), from(CLIENT, "ab")};
	send_text(client, "ab");
	send_text(client, "axb");
	send_text(client, "ac");
	send_text(client, "x");
	expect(count_received(server, 4) == 4, "some were dropped");
	expect_datagrams_unordered(9000, expected, 4);
}
