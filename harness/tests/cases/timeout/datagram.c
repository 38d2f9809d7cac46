#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "no datagram comes within the limit of a wait", .clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "hello");

	expect_received(client, "hi");
	expect_datagrams(9000, from(CLIENT, "hello"));
}
