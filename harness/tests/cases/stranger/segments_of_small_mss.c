/* PASS: no segment is longer than the other side's SYN allows, even at a large MTU. */
#include "wirecheck.h"

/* A segment has 488 bytes: the peer's MSS of 500 less 12 for the option of time stamps. */
static void expect_small_segments(struct endpoint *client, const char *host, uint16_t port)
{
	struct bytes all = pattern(100000);

	struct endpoint *listener = listen_on(host, port);
	set_option(client, IPPROTO_TCP, TCP_MAXSEG, 500);
	connect_socket(client, host, port);
	struct endpoint *server = accept_from(listener);
	exchange(client, bytes_of("x"), server, all);
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(port);
	expect_mss(conn, CLIENT, 500);
	expect_sent(conn, CLIENT, "x");
	expect_sent_bytes(conn, SERVER, all);
	/* The last segment of each send may be shorter. */
	expect_within(segments_sent(conn, SERVER), 205, 215);
	expect_closed(conn);
}

CASE(.proves = "100000 bytes to a side that takes 500 are more than 200 segments",
	.clause = "RFC 9293 3.7.1 MUST-16",
	.needs_ipv6 = true)
{
	expect_small_segments(open_socket(TCP), "127.0.0.1", 7000);
	expect_small_segments(bind_to(TCP, "::1", 7010), "::1", 7001);
}
