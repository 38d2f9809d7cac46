/*
 * Nagle's algorithm holds small segments back while an earlier one is not acknowledged. Of ten
 * sends of one byte, the first goes out at once and the rest go together, after the ACK. That saves
 * segments and costs time: together with a delayed ACK (tcp/delayed_ack) some 40 ms. A program that
 * writes a request in pieces pays that time for each request.
 *
 * TCP_NODELAY switches the algorithm off: each send goes out at once, in a segment of its own,
 * whether the one before was acknowledged or not. Programs that answer each other in small messages
 * want that. The stream on the wire is the same.
 *
 * How many segments go out depends on when ACKs come, and with TCP_NODELAY also on whether a send
 * finds room on the way. So the case reports the number and does not require one.
 */
#include "wirecheck.h"

static const struct {
	struct case_info info;
	int nodelay;
} settings[] = {
	{{.name = "nagle",
		 .proves = "by default small sends are gathered while an ACK is awaited (for "
			   "information)"},
		0},
	{{.name = "nodelay",
		 .proves = "with TCP_NODELAY small sends go out without waiting for ACKs (for "
			   "information)",
		 .clause = "RFC 9293 3.7.4 MUST-17; tcp(7) TCP_NODELAY"},
		1},
};

CASE_EACH(row, settings, .clause = "RFC 9293 3.7.4 SHLD-7; tcp(7) TCP_NODELAY")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	if (row->nodelay)
		set_option(client, IPPROTO_TCP, TCP_NODELAY, 1);
	expect_option(client, IPPROTO_TCP, TCP_NODELAY, row->nodelay);
	set_option(server, IPPROTO_TCP, TCP_QUICKACK, 0);
	for (int i = 0; i < 10; i++)
		send_text(client, format("%d", i));
	expect_received(server, "0123456789");
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "0123456789");
	expect_closed(conn);
	expect_no_reset(conn);
	record("10 sends of one byte went out in %zu segments", segments_sent(conn, CLIENT));
}
