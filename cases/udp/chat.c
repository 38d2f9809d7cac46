/*
 * Two people hold a dialogue of several turns at their terminals. Each waits for the other, so a
 * prompt or a line that stays in a buffer stops both. Text that is not ASCII must cross two
 * programs and the wire without a changed byte.
 */
#include "wirecheck.h"

CASE(.proves = "a dialogue in turn, UTF-8 both ways, each line shown with its sender",
	.clause = "RFC 768; POSIX recvfrom, fflush")
{
	struct program *server = start_on_terminal("udp_chat_server");
	until_listening(UDP, 8081);
	expect_bound_to(UDP, "127.0.0.1", 8081);
	expect_unshared(UDP, 8081);
	struct program *client = start_on_terminal("udp_chat_client");

	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "alice");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "  grüß dich \t");
	until_printed(server, "reply message: ");
	type_line(server, " 你好 ");
	until_printed(client, "a message from [127.0.0.1:8081]: \033[1;44m你好\033[0m\n");

	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "quite, 50% or so");
	until_printed(server, "reply message: ");
	type_line(server, "100% ok");
	until_printed(client, "a message from [127.0.0.1:8081]: \033[1;44m100% ok\033[0m\n");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "q");
	until_printed(client, "Please select someone to chat with: ");
	end_input(client);
	expect_exit(client, 0);
	send_text_to(open_socket(UDP), "127.0.0.1", 8081, "the last");
	until_printed(server, "reply message: ");
	end_input(server);
	expect_exit(server, 0);

	uint16_t port = sender_port(datagram_of(8081, 1));
	uint16_t last = sender_port(datagram_of(8081, 5));
	expect_datagrams(8081, from(CLIENT, "grüß dich"), from(SERVER, "你好"),
		from(CLIENT, "quite, 50% or so"), from(SERVER, "100% ok"),
		from(CLIENT, "the last"));
	expect_output(server,
		format("a message from [127.0.0.1:%u]: \033[1;44mgrüß dich\033[0m\nreply message: "
		       "a message from [127.0.0.1:%u]: \033[1;44mquite, 50%% or so\033[0m\nreply "
		       "message: "
		       "a message from [127.0.0.1:%u]: \033[1;44mthe last\033[0m\nreply message: ",
			port, port, last));
}
