#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the case receives other bytes", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_send(plain_accept(server), "HI");

	expect_received(client, "hi");
}
