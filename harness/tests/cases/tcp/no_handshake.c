#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a connection is refused instead of opened", .clause = "none: fails on purpose")
{
	struct program *client = start("tcp_hello_client");
	expect_exit(client, 1);

	expect_handshake(only_connection(8898));
}
