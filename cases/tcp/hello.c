/*
 * This is the first exchange that every introduction shows. A program that sends and receives once
 * relies on all of this: the bytes arrive whole and unchanged, the end of the stream comes after
 * the last byte, and neither side breaks the connection off.
 *
 * The second row does the same over IPv6. A program that expects an IPv4 address somewhere, in the
 * size of a structure or in the text that it prints, fails there.
 */
#include "wirecheck.h"

static const struct {
	struct case_info info;
	const char *host; /* NULL: the programs' default, 127.0.0.1 */
} hosts[] = {
	{{.name = "hello"}, NULL},
	{{.name = "hello_ipv6",
		 .proves = "the greeting and its answer over IPv6",
		 .clause = "RFC 9293 3.5, 3.6; RFC 8200; POSIX getsockname",
		 .needs_ipv6 = true},
		"::1"},
};

CASE_EACH(row, hosts,
	.proves = "a greeting and its answer arrive whole, and both sides close in order",
	.clause = "RFC 9293 3.5, 3.6")
{
	struct program *server = start("tcp_hello_server", row->host);
	until_listening(TCP, 8898);

	struct program *client = start("tcp_hello_client", row->host);
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
