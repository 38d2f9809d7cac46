/* One packet has more expectations than anybody reads, and a helper is called twice. */
#include "wirecheck.h"

static void check(struct connection *conn, const char *text)
{
	expect_sent(conn, CLIENT, text);
}

CASE(.proves = "all failures stand first, then the expectations that held",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);

	send_text(client, "x");
	expect_received(accept_from(listener), "x");
	struct connection *conn = only_connection(7000);
	for (int i = 0; i < 30; i++)
		expect_sent(conn, CLIENT, "x");
	expect_pushed(conn, CLIENT);
	for (int i = 0; i < 20; i++)
		expect_sent(conn, CLIENT, letters((size_t)i + 2));
	check(conn, "x");
	check(conn, "y");
	expect_sent_matches(conn, CLIENT, "Grüße\x1b*");
}
