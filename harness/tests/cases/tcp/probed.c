#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "an idle connection that should not be probed is probed",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	set_option(client, IPPROTO_TCP, TCP_KEEPIDLE, 1);
	set_option(client, SOL_SOCKET, SO_KEEPALIVE, 1);

	struct connection *conn = only_connection(8898);
	until_probe(conn, CLIENT);
	expect_no_probe(conn, CLIENT);
	expect_pushed(conn, CLIENT);
}
