/* PASS: the second listener comes later, and the case waits for each by its address. */
#include "wirecheck.h"

CASE(.proves = "a server of both families is waited for by both addresses", .clause = "RFC 4038 4",
	.needs_ipv6 = true)
{
	struct program *server = start_tool("sh", "-c",
		"socat TCP4-LISTEN:7000,bind=127.0.0.1,fork,reuseaddr EXEC:cat & sleep 0.05; "
		"exec socat TCP6-LISTEN:7000,bind=[::1],ipv6only,fork,reuseaddr EXEC:cat");

	until_listening_at(TCP, "127.0.0.1", 7000);
	until_listening_at(TCP, "::1", 7000);
	expect_bound_to_all(TCP, 7000, "127.0.0.1", "::1");
	struct endpoint *six = connect_to(TCP, "::1", 7000);
	send_text(six, "6");
	expect_received(six, "6");
	close_socket(six);
	struct connection *conn = only_connection(7000);
	expect_sent(conn, CLIENT, "6");
	expect_sent(conn, SERVER, "6");
	expect_closed(conn);
	send_signal(server, SIGTERM);
}
