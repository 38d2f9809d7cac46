#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a connection opens in another way, and on a port that should have none",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = open_socket(TCP);
	set_option(client, IPPROTO_TCP, TCP_MAXSEG, 1000);
	connect_socket(client, "127.0.0.1", 8898);

	expect_no_connection(8898);
	struct connection *conn = only_connection(8898);
	expect_simultaneous_open(conn);
	expect_mss(conn, CLIENT, 1460);
}
