#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the end of the stream does not come", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_accept(server);

	expect_end_of_stream(client);
}
