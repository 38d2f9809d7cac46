#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a part comes, and then nothing within the limit of a wait",
	.clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_send(plain_accept(server), "h");

	expect_received(client, "hi");
}
