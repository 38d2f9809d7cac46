/*
 * An answer that is lost on the way is gone, and neither side is told. The server's send has
 * succeeded, so to the server all is well. The client cannot tell this from a slow server: it waits
 * for ever, unless it gives up, or asks again, after a time of its own. On one machine nothing is
 * lost as long as buffers are not full, so a program's tests seldom get here by themselves.
 */
#include "wirecheck.h"

CASE(.proves = "an answer is lost: the server ends as ever, and the client waits for another one",
	.clause = "RFC 768; RFC 8085 3.3")
{
	struct program *server = start("udp_hello_server");
	until_listening(UDP, 9000);
	lose_datagram(9000, SERVER, 1);

	struct program *client = start("udp_hello_client");
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_datagrams(9000, from(CLIENT, "hello"), from(SERVER, "hi"));
	expect_counter("Udp", "InDatagrams", 1);

	struct endpoint *again = bind_to(UDP, "127.0.0.1", 9000);
	send_text_to(again, "127.0.0.1", sender_port(datagram_of(9000, 1)), "hi again");
	expect_exit(client, 0);
	expect_output(client, "hi again 127.0.0.1:9000\n");
	expect_datagrams(9000, from(SERVER, "hi again"));
}
