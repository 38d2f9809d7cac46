#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "bytes come where the end of the stream is expected",
	.clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_send(plain_accept(server), "hi");

	expect_end_of_stream(client);
}
