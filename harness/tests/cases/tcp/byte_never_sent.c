#include "wirecheck.h"

CASE(.proves = "a side never sends the byte of which the time is asked for",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	expect_received(accept_from(listener), "hello");
	close_socket(client);

	struct connection *conn = only_connection(8898);
	expect_between(sent_at(conn, CLIENT, 0), fin_at(conn, CLIENT), 70000, 80000);
	allow_other_traffic();
	sent_at(conn, CLIENT, 5);
}
