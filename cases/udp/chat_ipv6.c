/*
 * This is the chat over IPv6. An IPv6 address has colons itself. Where a port follows, the address
 * stands in brackets, as in a URI, both in arguments and in what is printed. Without brackets,
 * ::1:8081 is another address.
 */
#include "wirecheck.h"

CASE(.proves = "a dialogue over IPv6, each address in brackets",
	.clause = "RFC 3986 3.2.2; RFC 5952 4, 6; inet_ntop(3)", .needs_ipv6 = true)
{
	struct program *server = start_on_terminal("udp_chat_server", "::1", "8081");
	until_listening(UDP, 8081);
	expect_bound_to(UDP, "::1", 8081);
	struct program *client = start_on_terminal("udp_chat_client", "eve=[::1]:8081");
	until_printed(client, "Please select someone to chat with: ");
	type_line(client, "eve");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	type_line(client, "hello");
	until_printed(server, "reply message: ");
	type_line(server, "hi");
	until_printed(client, "a message from [[::1]:8081]: \033[1;44mhi\033[0m\n");
	until_printed(client, "Please enter a message, enter q to end the chat: ");
	end_input(client);
	expect_exit(client, 0);

	uint16_t port = sender_port(datagram_of(8081, 1));
	expect_datagrams(8081, from(CLIENT, "hello"), from(SERVER, "hi"));
	send_text(connect_to(UDP, "::1", 8081), "bye");
	until_printed(server, "reply message: ");
	end_input(server);
	expect_exit(server, 0);
	expect_output_matches(server,
		format("a message from [[::1]:%u]: \033[1;44mhello\033[0m\nreply message: *",
			port));
	expect_datagrams(8081, from(CLIENT, "bye"));
}
