#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the server ends the connection by a reset", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_reset(plain_accept(server));

	expect_end_of_stream(client);
	struct connection *conn = only_connection(8898);
	expect_no_reset(conn);
	expect_closed(conn);
	send_text(client, "hello");
}
