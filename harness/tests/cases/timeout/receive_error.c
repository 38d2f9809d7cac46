#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "bytes come, and no reset", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_send(plain_accept(server), "hello");

	drain_until_error(client, ECONNRESET);
}
