#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the report says which datagrams were lost, late and overtaken",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	lose_datagram(9000, CLIENT, 1);
	delay_datagram(9000, CLIENT, 2, 20);
	swap_datagrams(9000, CLIENT, 3);
	send_text(client, "lost");
	send_text(client, "late");
	send_text(client, "overtaken");
	send_text(client, "in time");

	expect_no_datagrams(9000);
}
