/*
 * Datagrams need not arrive in the order in which they were sent: one may overtake another. Who
 * sends a name in one datagram and what to do with it in the next one has the name come second some
 * day. What belongs together goes into one datagram, or has a number that the receiver sorts by. On
 * one machine the order is kept, so a program's tests do not get here by themselves.
 */
#include "wirecheck.h"

CASE(.proves = "the second datagram overtakes the first: the server takes and answers it first",
	.clause = "RFC 768; RFC 8085 3.3")
{
	struct program *server = start_on_terminal("udp_chat_server");
	until_listening(UDP, 8081);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 8081);
	swap_datagrams(8081, CLIENT, 1);

	send_text(client, "sent first");
	send_text(client, "sent second");
	until_printed(server, "sent second\033[0m\nreply message: ");
	type_line(server, "to what came first");
	until_printed(server, "sent first\033[0m\nreply message: ");
	type_line(server, "to what came second");
	expect_received(client, "to what came first");
	expect_received(client, "to what came second");

	end_input(server);
	expect_datagrams(8081, from(CLIENT, "sent first"), from(CLIENT, "sent second"),
		from(SERVER, "to what came first"), from(SERVER, "to what came second"));
}
