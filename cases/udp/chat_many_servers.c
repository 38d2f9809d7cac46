/*
 * One client talks to many servers. Its contact book names several, and one socket of the client
 * talks to each in turn. A client whose socket stays with the first server sends the second
 * server's messages to the wrong person.
 */
#include "wirecheck.h"

CASE(.proves = "each of several servers gets its own messages and no other",
	.clause = "RFC 768; POSIX sendto")
{
	struct program *anna = start_on_terminal("udp_chat_server", "127.0.0.1", "8082");
	struct program *otto = start_on_terminal("udp_chat_server", "127.0.0.2", "8083");
	until_listening(UDP, 8082);
	until_listening(UDP, 8083);
	struct program *client =
		start_on_terminal("udp_chat_client", "anna=127.0.0.1:8082", "otto=127.0.0.2:8083");

	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "anna");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "hello anna");
	until_printed(anna, "\033[1;44mhello anna\033[0m\nreply message: ");
	type_line(anna, "anna here");
	until_printed(client, "a message from [127.0.0.1:8082]: \033[1;44manna here\033[0m\n");
	type_line(client, "q");
	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "otto");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "hello otto");
	until_printed(otto, "\033[1;44mhello otto\033[0m\nreply message: ");
	type_line(otto, "otto here");
	until_printed(client, "a message from [127.0.0.2:8083]: \033[1;44motto here\033[0m\n");

	expect_datagrams(8082, from(CLIENT, "hello anna"), from(SERVER, "anna here"));
	expect_datagrams(8083, from(CLIENT, "hello otto"), from(SERVER, "otto here"));
	end_input(client);
	expect_exit(client, 0);
}
