/*
 * Not everything that a person types is a message for the other side: an empty line, a name that is
 * not in the contact book, the q that ends a chat. A client that sends these puts datagrams on the
 * wire that nobody asked for. Then it waits for an answer that does not come.
 */
#include "wirecheck.h"

CASE(.proves = "an empty message, an unknown name and q put nothing on the wire",
	.clause = "RFC 768; the demos' contract")
{
	struct program *client = start_on_terminal("udp_chat_client");

	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "nobody");
	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "");
	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "bo"); /* the beginning of a name is not the name */
	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "  bob ");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, " \t ");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "q");
	until_printed(client, "Please select someone to chat with: ");
	end_input(client);
	expect_exit(client, 0);

	const char *name_prompt = "Please select someone to chat with: ";
	const char *message_prompt = "Please enter a message, enter q to end the chat: ";
	expect_output(client,
		format("%s%s%s%s%s%s%s%s", name_prompt, name_prompt, name_prompt, name_prompt,
			message_prompt, message_prompt, message_prompt, name_prompt));
	expect_no_packets();
}
