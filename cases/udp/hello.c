/*
 * UDP has no connection: the server learns whom to answer from the datagram itself, and the
 * client learns who answered in the same way. A server that answers anybody else, or from another
 * port, leaves its client waiting; one that shares its port may not hear the client at all.
 *
 * By IPv6 the address that comes with a datagram is longer. It is printed in brackets, because it
 * has colons itself.
 */
#include "wirecheck.h"

static const struct {
	struct case_info info;
	const char *host, *port_text; /* NULL: the programs' own, 127.0.0.1 and 9000 */
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
	.proves = "one datagram each way, and each side knows the other's address from it",
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
