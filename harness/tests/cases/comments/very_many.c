/* One packet has more expectations than Wireshark shows of a packet. The last one fails. */
#include "wirecheck.h"

CASE(.proves = "the failures stand among very many comments", .clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);

	send_text(client, "x");
	expect_received(accept_from(listener), "x");
	struct connection *conn = only_connection(7000);
	for (int i = 0; i < 66000; i++)
		expect_sent(conn, CLIENT, "x");
	expect_sent(conn, CLIENT, "y");
}
