#include "wirecheck.h"

CASE(.proves = "an answer comes from another port and does not contain the time",
	.clause = "none: fails on purpose")
{
	struct endpoint *server = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *other = bind_to(UDP, "127.0.0.1", 9001);
	struct endpoint *client = bind_to(UDP, "127.0.0.1", 9002);
	send_text_to(client, "127.0.0.1", 9000, "hello");
	expect_received(server, "hello");
	send_text_to(other, "127.0.0.1", 9002, "hi");

	struct datagram *answer = datagram_of(9002, 2);
	expect_answer(answer, datagram_of(9002, 1));
	expect_time(answer, "no %% time", wall_clock());
	expect_datagrams(9002, from(SERVER, "hello"));
}
