/*
 * A datagram that is under way no longer needs its sender: here the server has answered and ended
 * before the answer arrives. A client must be ready for an answer that comes late, when nobody is
 * at the other end any more, or when it has given up and asked somebody else: nothing but the
 * sender's address and the bytes tell to which question it belongs.
 */
#include "wirecheck.h"

CASE(.proves = "an answer that is 300 ms late arrives, although the server has ended",
	.clause = "RFC 768; RFC 8085 3.3")
{
	struct program *server = start("udp_hello_server");
	until_listening(UDP, 9000);
	delay_datagram(9000, SERVER, 1, 300);

	struct program *client = start("udp_hello_client");
	expect_exit(server, 0);
	expect_exit(client, 0);
	expect_output(client, "hi 127.0.0.1:9000\n");
	expect_output(server, "hello\n");
	expect_datagrams(9000, from(CLIENT, "hello"), from(SERVER, "hi"));
}
