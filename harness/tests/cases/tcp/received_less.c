#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the stream ends before all expected bytes have come",
	.clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	int peer = plain_accept(server);
	plain_send(peer, "h");
	plain_close(peer);

	expect_received(client, "hi");
}
