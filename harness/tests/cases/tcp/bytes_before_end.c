#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "bytes come where the end of the stream is expected",
	.clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	int peer = plain_accept(server);
	plain_send(peer, "hi");
	plain_close(peer);

	expect_end_of_stream(client);
}
