#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the server closes first instead of the client", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_close(plain_accept(server));
	expect_end_of_stream(client);
	close_socket(client);

	expect_closed_first(only_connection(8898), CLIENT);
}
