#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "one byte of a long datagram differs", .clause = "none: fails on purpose")
{
	static char expected[1201], sent[1201];
	memset(expected, 'a', sizeof expected - 1);
	memset(sent, 'a', sizeof sent - 1);
	sent[1000] = '\0';

	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, sent);

	expect_datagrams(9000, from(CLIENT, expected));
}
