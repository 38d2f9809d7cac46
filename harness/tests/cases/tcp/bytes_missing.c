#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "each side stops before its last bytes", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_accept(server);
	send_text(client, "hell");

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
}
