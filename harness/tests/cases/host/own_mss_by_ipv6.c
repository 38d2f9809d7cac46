/* The MSS that a side takes also limits what it sends, over IPv6. */
#include "wirecheck.h"

CASE(.proves = "100000 bytes of a side that takes 500 are more than 200 segments",
	.clause = "tcp(7) TCP_MAXSEG", .needs_ipv6 = true)
{
	struct bytes all = pattern(100000);

	struct endpoint *listener = listen_on("::1", 7000);
	struct endpoint *client = bind_to(TCP, "::1", 7010);
	set_option(client, IPPROTO_TCP, TCP_MAXSEG, 500);
	connect_socket(client, "::1", 7000);
	struct endpoint *server = accept_from(listener);
	exchange(client, all, server, bytes_of("x"));

	struct connection *conn = only_connection(7000);
	expect_mss(conn, CLIENT, 500);
	expect_sent_bytes(conn, CLIENT, all);
	expect_sent(conn, SERVER, "x");
	/* 500 less 12 for the option of time stamps: 488. The last of each send may be shorter. */
	expect_within(segments_sent(conn, CLIENT), 205, 215);
}
