/*
 * A socket that is not connected takes a datagram from anybody. So an answer may come from another
 * address than the one that the client wrote to: from a second machine of the same service, or from
 * a liar. A program that shows the address it wrote to, in place of the sender's, hides that.
 */
#include "wirecheck.h"

CASE(.proves = "an answer from another address is taken, and shown with that address",
	.clause = "RFC 768; POSIX recvfrom; the demos' contract")
{
	struct endpoint *contact = bind_to(UDP, "127.0.0.1", 8081);
	struct endpoint *stranger = bind_to(UDP, "127.0.0.1", 8090);
	struct program *client = start_on_terminal("udp_chat_client");

	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "carol");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "carol?");
	expect_received(contact, "carol?");
	uint16_t port = sender_port(datagram_of(8081, 1));
	send_text_to(stranger, "127.0.0.1", port, "it is me");
	until_printed(client, "a message from [127.0.0.1:8090]: \033[1;44mit is me\033[0m\n");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	end_input(client);
	expect_exit(client, 0);

	expect_datagrams(8081, from(CLIENT, "carol?"));
	expect_datagrams(8090, from(SERVER, "it is me"));
}
