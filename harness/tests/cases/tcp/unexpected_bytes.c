#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "bytes that no expectation looks at", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	int peer = plain_accept(server);
	send_text(client, "hello");
	plain_send(peer, "hi");

	expect_handshake(only_connection(8898));
}
