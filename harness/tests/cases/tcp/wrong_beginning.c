#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "what was sent is not the expected beginning, and does not match a pattern",
	.clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	plain_accept(server);
	send_text(client, "hello, World");

	struct connection *conn = only_connection(8898);
	expect_sent_prefix(conn, CLIENT, bytes_of("hello, world and all others"));
	expect_sent_prefix(conn, CLIENT, bytes_of("hello"));
	expect_sent_prefix(conn, SERVER, bytes_of("hi"));
	expect_sent_matches(conn, CLIENT, "* world");
	expect_sent_bytes(conn, CLIENT, bytes_of("hello, world"));
}
