/*
 * The flag PSH says that nothing more comes for now, so that the receiver hands over what it has.
 * The kernel sets it by itself on the last segment of what is sent. A program cannot control it,
 * and must not take it for the end of a message (tcp/coalesced).
 */
#include "wirecheck.h"

CASE(.proves = "the last segment of a send has PSH, whether the send takes one segment or many",
	.clause = "RFC 9293 3.9.1.2 MUST-61")
{
	struct bytes message = pattern(20000);
	set_mtu(1500);
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	struct program *client = start("tcp_hello_client");
	expect_exit(client, 0);
	expect_exit(server, 0);

	struct endpoint *listener = listen_on("127.0.0.1", 8899);
	struct endpoint *sender = connect_to(TCP, "127.0.0.1", 8899);
	struct endpoint *receiver = accept_from(listener);
	send_bytes(sender, message);
	expect_received_bytes(receiver, message);

	struct connection *hello = only_connection(8898);
	expect_pushed(hello, CLIENT);
	expect_pushed(hello, SERVER);
	expect_sent(hello, CLIENT, "hello");
	expect_sent(hello, SERVER, "hi");
	struct connection *many = only_connection(8899);
	expect_pushed(many, CLIENT);
	expect_sent_bytes(many, CLIENT, message);
}
