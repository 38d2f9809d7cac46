#include "wirecheck.h"

CASE(.proves = "both sides on one port: who was sent to first is SERVER; of twins one is lost",
	.clause = "none: passes")
{
	struct endpoint *first = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *second = bind_to(UDP, "127.0.0.2", 9000);
	lose_datagram(9000, SERVER, 2);
	delay_datagram(9000, CLIENT, 2, 20);

	send_text_to(first, "127.0.0.2", 9000, "question");
	expect_received(second, "question");
	send_text_to(second, "127.0.0.1", 9000, "twin");
	send_text_to(second, "127.0.0.1", 9000, "twin");
	send_text_to(second, "127.0.0.1", 9000, "last");
	expect_received(first, "twin");
	expect_received(first, "last");
	expect_nothing_received(first);
	send_text_to(first, "127.0.0.2", 9000, "late");
	expect_received(second, "late");

	/* Numbers are counted from each verb on. */
	lose_datagrams(9000, CLIENT, 2, 2);
	send_text_to(first, "127.0.0.2", 9000, "one");
	send_text_to(first, "127.0.0.2", 9000, "two");
	send_text_to(first, "127.0.0.2", 9000, "three");
	send_text_to(first, "127.0.0.2", 9000, "four");
	expect_received(second, "one");
	expect_received(second, "four");
	expect_nothing_received(second);

	expect_datagrams(9000, from(CLIENT, "question"), from(SERVER, "twin"), from(SERVER, "twin"),
		from(SERVER, "last"), from(CLIENT, "late"), from(CLIENT, "one"),
		from(CLIENT, "two"), from(CLIENT, "three"), from(CLIENT, "four"));
}
