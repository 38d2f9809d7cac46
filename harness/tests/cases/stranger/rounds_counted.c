/*
 * FAIL: in each of two rounds a verb fails that has others at work below it. It counts as one verb.
 * says "2 times, iterations 1 to 2 of this line; the first is shown"
 * lacks "which came"
 */
#include "wirecheck.h"

/* The failures of delay_datagram come at the end: what it was to delay was not sent. */
static void fail_once(struct endpoint *sender, struct endpoint *receiver)
{
	const struct message expected[] = {from(CLIENT, "no")};

	delay_datagram(9001, CLIENT, 100, 20);
	send_text(sender, "ok");
	expect_within(count_received(receiver, 1), 3, 4);
	expect_datagrams_unordered(9000, expected, 1);
	send_text(sender, "ok");
	expect_no_datagrams(9000);
}

CASE(.proves = "a loop that fails is counted by its rounds", .clause = "none")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);

	for (int i = 0; i < 2; i++)
		fail_once(sender, receiver);
}
