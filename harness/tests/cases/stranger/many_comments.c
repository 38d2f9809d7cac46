/*
 * FAIL: one of more than eight expectations about one packet fails.
 * says "differs at byte 0 of 1 expected, 1 found"
 */
#include "wirecheck.h"

static void check(struct connection *conn, const char *text)
{
	expect_sent(conn, CLIENT, text);
}

CASE(.proves = "Grüße kommen an", .clause = "none")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	struct endpoint *server = accept_from(listener);
	send_text(client, "x");
	expect_received(server, "x");

	struct connection *conn = only_connection(7000);
	check(conn, "x");
	expect_sent(conn, CLIENT, "x");
	expect_sent(conn, CLIENT, "x");
	expect_sent(conn, CLIENT, "x");
	expect_sent(conn, CLIENT, "x");
	expect_sent(conn, CLIENT, "x");
	expect_sent(conn, CLIENT, "x");
	expect_sent(conn, CLIENT, "x");
	expect_sent(conn, CLIENT, "x");
	expect_sent_matches(conn, CLIENT, "*x*");
	expect_pushed(conn, CLIENT);
	check(conn, "y");
	expect_sent(conn, CLIENT, "€€€€€€€€€€€€€€€€€€€€"
		"€€€€€€€€€€€€€€€€€€€€"
		"€€€€€€€€€€€€€€€€€€€€€");
}
