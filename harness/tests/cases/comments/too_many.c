/* The section's comment has no room for all failures, nor for all text of each. */
#include "wirecheck.h"

CASE(.proves = "there is room for each failure, for some only in part",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);

	send_text(client, "x");
	expect_received(accept_from(listener), "x");
	struct connection *conn = only_connection(7000);
	/* Texts that differ by more than numbers are not reported as one. */
	for (size_t i = 0; i < 700; i++)
		expect(false, "%s€ at its end", letters(200 + i));
	for (size_t i = 0; i < 40; i++)
		expect_sent(conn, CLIENT, letters(1 + i));
	for (size_t i = 0; i < 60; i++)
		expect_sent(conn, CLIENT, "x");
}
