/* The host may put this stream on its loopback in packets above 64 KiB, over both families. */
#include "wirecheck.h"

static void expect_stream(const char *host, uint16_t port)
{
	struct bytes all = pattern(2000000);

	struct endpoint *listener = listen_on(host, port);
	struct endpoint *client = connect_to(TCP, host, port);
	struct endpoint *server = accept_from(listener);
	exchange(client, all, server, all);
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(port);
	expect_sent_bytes(conn, CLIENT, all);
	expect_sent_bytes(conn, SERVER, all);
	expect_closed(conn);
}

CASE(.proves = "2 MB each way", .clause = "RFC 9293 3.8; RFC 2675", .ring_mib = 64,
	.needs_ipv6 = true)
{
	expect_stream("127.0.0.1", 7000);
	expect_stream("::1", 7001);
}
