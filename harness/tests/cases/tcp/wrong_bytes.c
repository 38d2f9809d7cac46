#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "one byte of each side differs", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	int peer = plain_accept(server);
	send_text(client, "GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n");
	plain_send(peer, "hi");

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "GET /index.html HTTP/1.0\r\nHost: localhost\r\n\r\n");
	expect_sent(conn, SERVER, "ho");
}
