/*
 * UDP has no connection: the server learns whom to answer from the datagram itself, and the
 * client learns who answered in the same way. A server that answers anybody else, or from another
 * port, leaves its client waiting; one that shares its port may not hear the client at all.
 */
#include "wirecheck.h"

CASE(.proves = "one datagram each way, and each side knows the other's address from it",
	.clause = "RFC 768; POSIX recvfrom")
{
	struct program *server = start("udp_hello_server");
	until_listening(UDP, 9000);
	expect_bound_to(UDP, "127.0.0.1", 9000);
	expect_unshared(UDP, 9000);

	struct program *client = start("udp_hello_client");
	expect_exit(client, 0);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_output(client, "hi 127.0.0.1:9000\n");

	expect_datagrams(9000, from(CLIENT, "hello"), from(SERVER, "hi"));
}
