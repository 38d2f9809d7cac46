/*
 * A receive takes a whole datagram. What does not fit into the buffer is lost, and the next receive
 * returns the next datagram, not the rest. A program that treats UDP as a stream, or gives too
 * small a buffer, loses the end of each message and does not notice, unless it asks with MSG_TRUNC
 * how long the datagram was.
 */
#include "wirecheck.h"

CASE(.proves = "of 2000 bytes a receive of 1024 gets the first 1024, and the rest is gone",
	.clause = "POSIX recvfrom; recv(2) MSG_TRUNC")
{
	const char *kept = format("%01024d", 1);
	const char *whole = format("%s%0976d", kept, 2);

	struct program *server = start("udp_hello_server");
	until_listening(UDP, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, whole);
	expect_received(client, "hi");
	expect_exit(server, 0);
	expect_output(server, format("%s\n", kept));
	expect_datagrams(9000, from(CLIENT, whole), from(SERVER, "hi"));

	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	send_text(client, whole);
	send_text(client, "next");
	expect_truncated(receiver, kept, 2000);
	expect_received(receiver, "next");
	expect_datagrams(9000, from(CLIENT, whole), from(CLIENT, "next"));
}
