#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "there are datagrams where none should be, and too few others",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "b");
	send_text(client, "a");
	const struct message expected[] = {from(CLIENT, "a"), from(CLIENT, "c")};

	expect_no_packets();
	expect_datagrams_unordered(9000, expected, 2);
	send_text(client, "hello");
	expect_no_datagrams(9000);
	datagram_of(9000, 4);
}
