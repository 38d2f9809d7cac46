#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "two datagrams come in the wrong order", .clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "two");
	send_text(client, "one");

	expect_datagrams(9000, from(CLIENT, "one"), from(CLIENT, "two"));
}
