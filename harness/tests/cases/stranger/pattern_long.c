/* PASS: a pattern matches at any length, and the star may stand for NULs. */
#include "wirecheck.h"

CASE(.proves = "a download of 2 MB with NULs has its head and its end", .clause = "RFC 9112 4",
	.ring_mib = 32)
{
	struct program *server = start("download_server", "2000000");

	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	drain(client);
	close_socket(client);
	expect_exit(server, 0);
	struct connection *conn = only_connection(7000);
	expect_sent_matches(conn, SERVER, "HTTP/1.1 200 OK\r\n*");
	expect_sent_matches(conn, SERVER, "HTTP/1.* OK\r\n*\r\n\r\n*bcdefghijklmnopqrst*");
	expect_closed(conn);
}
