/*
 * When no server has the port, the other host's kernel reports that by ICMP, and a connected socket
 * passes the report on. The send itself has succeeded long before; the next call fails, once. A
 * program has to expect "Connection refused" from a receive. It may go on using the socket, which
 * works as soon as a server is there.
 */
#include "wirecheck.h"

CASE(.proves = "without a server, a connected socket's next call fails with ECONNREFUSED, once",
	.clause = "RFC 1122 4.1.3.1, 4.1.3.3; udp(7) ECONNREFUSED")
{
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "anybody there?");
	expect_receive_error(client, ECONNREFUSED);
	expect_nothing_received(client);
	expect_icmp(9000, 3, 3);

	struct program *server = start("udp_hello_server");
	until_listening(UDP, 9000);
	send_text(client, "hello");
	expect_received(client, "hi");
	expect_exit(server, 0);
	expect_output(server, "hello\n");

	expect_datagrams(
		9000, from(CLIENT, "anybody there?"), from(CLIENT, "hello"), from(SERVER, "hi"));
}
