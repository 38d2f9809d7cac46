/*
 * The pair of tcp/hello by the IPv6 loopback address. A program that holds addresses as IPv4 ones
 * somewhere, in the size of a structure or in the text that it prints, fails here.
 */
#include "wirecheck.h"

CASE(.proves = "the greeting and its answer over IPv6",
	.clause = "RFC 9293 3.5, 3.6; RFC 8200; POSIX getsockname",
	.needs_ipv6 = true)
{
	struct program *server = start("tcp_hello_server", "::1");
	until_listening(TCP, 8898);

	struct program *client = start("tcp_hello_client", "::1");
	expect_exit(client, 0);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_output(client, "hi\n");

	struct connection *conn = only_connection(8898);
	expect_handshake(conn);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed(conn);
	expect_no_reset(conn);
}
