/*
 * When a program connects a UDP socket, nothing is sent. But from then on the kernel delivers only
 * what the peer sends. Anybody else who guesses the port gets the ICMP message that nobody is
 * there. So a client that connects its socket need not check who sent an answer. A client that does
 * not connect must compare the sender's address.
 */
#include "wirecheck.h"

CASE(.proves = "a connected socket receives only what its peer sends; others are refused",
	.clause = "POSIX connect; RFC 1122 4.1.3.1")
{
	struct endpoint *peer = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *stranger = bind_to(UDP, "127.0.0.1", 9001);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	uint16_t client_port = local_port(client);

	send_text_to(stranger, "127.0.0.1", client_port, "I am your server");
	send_text_to(peer, "127.0.0.1", client_port, "so am I");
	expect_received(client, "so am I");
	expect_nothing_received(client);

	expect_datagrams(9001, from(SERVER, "I am your server"));
	expect_datagrams(9000, from(SERVER, "so am I"));
	expect_icmp(client_port, 3, 3);
}
