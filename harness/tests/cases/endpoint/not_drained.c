#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a reset comes where the end of the stream should",
	.clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_reset(plain_accept(server));
	drain(client);
}
