/*
 * A datagram to a broadcast address is for all who have the port. A program must say that it means
 * this: without SO_BROADCAST the send is refused, so that a mistyped address cannot flood a
 * network. A receiver has to be bound to all addresses. On Linux it needs no option; ip(7) asks for
 * the option on both sides and is wrong there.
 */
#include "wirecheck.h"

CASE(.proves = "sending to a broadcast address needs SO_BROADCAST, receiving from one does not",
	.clause = "socket(7) SO_BROADCAST; ip(7) EACCES; RFC 1122 3.3.6")
{
	struct program *refused = start("udp_hello_client", "127.255.255.255");
	expect_exit(refused, 1);
	expect_error(refused, "Permission denied");
	expect_no_datagrams(9000);

	struct program *server = start("udp_hello_server", "0.0.0.0");
	until_listening(UDP, 9000);
	struct endpoint *client = open_socket(UDP);
	set_option(client, SOL_SOCKET, SO_BROADCAST, 1);
	send_text_to(client, "127.255.255.255", 9000, "hello");
	expect_received(client, "hi");
	expect_exit(server, 0);
	expect_output(server, "hello\n");

	expect_datagrams(9000, from(CLIENT, "hello"), from(SERVER, "hi"));
}
