/*
 * UDP has no connection. The server learns from the datagram itself whom to answer, and the client
 * learns in the same way who answered. A server that answers somebody else, or from another port,
 * leaves its client waiting. A server that shares its port may not receive the client's datagram at
 * all.
 *
 * Over IPv6 the address that comes with a datagram is longer. It is printed in brackets, because it
 * has colons itself.
 */
#include "wirecheck.h"

static const struct {
	struct case_info info;
	const char *host, *port_text; /* NULL: the programs' defaults, 127.0.0.1 and 9000 */
	const char *bound_to;
	uint16_t port;
	const char *printed;
} addresses[] = {
	{{.name = "hello"}, NULL, NULL, "127.0.0.1", 9000, "hi 127.0.0.1:9000\n"},
	{{.name = "hello_ipv6",
		 .proves = "one datagram each way over IPv6, with the sender's address",
		 .clause = "RFC 768; RFC 8200 8.1; RFC 3986 3.2.2; POSIX recvfrom",
		 .needs_ipv6 = true},
		"::1", "9001", "::1", 9001, "hi [::1]:9001\n"},
};

CASE_EACH(row, addresses,
	.proves = "one datagram each way, and each side learns the other's address from it",
	.clause = "RFC 768; POSIX recvfrom")
{
	struct program *server = start("udp_hello_server", row->host, row->port_text);
	until_listening(UDP, row->port);
	expect_bound_to(UDP, row->bound_to, row->port);
	expect_unshared(UDP, row->port);

	struct program *client = start("udp_hello_client", row->host, row->port_text);
	expect_exit(client, 0);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_output(client, row->printed);

	expect_datagrams(row->port, from(CLIENT, "hello"), from(SERVER, "hi"));
}
