#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the datagram that was to overtake another one was not sent",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	swap_datagrams(9000, CLIENT, 1);
	send_text(client, "one");

	expect_datagrams(9000, from(CLIENT, "one"));
}
