#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "what was to be disturbed was not sent", .clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	lose_datagram(9000, CLIENT, 3);
	lose_datagrams(9000, SERVER, 1, 2);
	delay_datagram(9000, SERVER, 1, 20);
	delay_datagrams(9000, CLIENT, 2, 4, 20);
	swap_datagrams(9000, CLIENT, 7);
	send_text(client, "one");
	send_text(client, "two");

	expect_datagrams(9000, from(CLIENT, "one"), from(CLIENT, "two"));
}
