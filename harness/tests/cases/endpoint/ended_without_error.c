#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the end of the stream comes where a reset should",
	.clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	int connection = plain_accept(server);
	plain_send(connection, "hello");
	plain_close(connection);
	drain_until_error(client, ECONNRESET);
}
