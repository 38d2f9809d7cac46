/*
 * The pair of udp/hello by the IPv6 loopback address: the address that comes with a datagram is
 * longer, and is printed in brackets, for it has colons itself.
 */
#include "wirecheck.h"

CASE(.proves = "one datagram each way over IPv6, with the sender's address",
	.clause = "RFC 768; RFC 8200 8.1; RFC 3986 3.2.2; POSIX recvfrom",
	.needs_ipv6 = true)
{
	struct program *server = start("udp_hello_server", "::1", "9001");
	until_listening(UDP, 9001);

	struct program *client = start("udp_hello_client", "::1", "9001");
	expect_exit(client, 0);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_output(client, "hi [::1]:9001\n");

	expect_datagrams(9001, from(CLIENT, "hello"), from(SERVER, "hi"));
}
