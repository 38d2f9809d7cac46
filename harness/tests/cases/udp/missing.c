#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "one datagram of three is missing, the empty one",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "a");
	send_text(client, "ccc");

	expect_datagrams(9000, from(CLIENT, "a"), from(CLIENT, ""), from(CLIENT, "ccc"));
}
