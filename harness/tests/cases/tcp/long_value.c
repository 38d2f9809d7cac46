#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "one byte of many differs", .clause = "none: fails on purpose")
{
	static char expected[20001], sent[20001];
	memset(expected, 'a', sizeof expected - 1);
	memset(sent, 'a', sizeof sent - 1);
	sent[17000] = 'b';

	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	int peer = plain_accept(server);
	send_text(client, sent);
	static char received[sizeof sent];
	plain_check((int)recv(peer, received, sizeof sent - 1, MSG_WAITALL));
	plain_send(peer, sent);

	expect_received(client, expected);
	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, expected);
	expect_sent(conn, SERVER, expected);
}
