#include "wirecheck.h"

CASE(.proves = "datagrams match other patterns than they are to",
	.clause = "none: fails on purpose")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	send_text(sender, "id 17");
	send_text(sender, "id 18");
	expect_received(receiver, "id 17");
	expect_received(receiver, "id 18");
	expect_datagrams(9000, from_matching(CLIENT, "id *7"), from_matching(CLIENT, "no *8"));

	const struct message expected[] = {
		from_matching(CLIENT, "id *"), from_matching(CLIENT, "*7"), from(CLIENT, "id 19")};
	send_text(sender, "id 17");
	send_text(sender, "id 20");
	send_text(sender, "bye");
	expect_datagrams_unordered(9000, expected, 3);
}
