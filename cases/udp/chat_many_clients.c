/*
 * Many clients talk to one server. It has one socket for all of them, and only the address that
 * came with a datagram says whom to answer. A server that keeps the first client's address, or the
 * last one's, answers the wrong person. Here the second client asks before the first has its
 * answer.
 */
#include "wirecheck.h"

CASE(.proves = "each answer goes to the port that asked", .clause = "RFC 768; POSIX sendto")
{
	struct program *server = start_on_terminal("udp_chat_server");
	until_listening(UDP, 8081);
	struct endpoint *first = connect_to(UDP, "127.0.0.1", 8081);
	struct endpoint *second = connect_to(UDP, "127.0.0.1", 8081);

	send_text(first, "from the first");
	until_printed(server, "reply message: ");
	send_text(second, "from the second");
	type_line(server, "to the first");
	expect_received(first, "to the first");
	until_printed(server, "reply message: ");
	send_text(first, "the first again");
	type_line(server, "to the second");
	expect_received(second, "to the second");
	until_printed(server, "reply message: ");
	type_line(server, ""); /* it is sent too, because the client waits for an answer */
	expect_received(first, "");

	expect_answer(datagram_of(8081, 3), datagram_of(8081, 1));
	expect_answer(datagram_of(8081, 5), datagram_of(8081, 2));
	expect_answer(datagram_of(8081, 6), datagram_of(8081, 4));
	expect_datagrams(8081, from(CLIENT, "from the first"), from(CLIENT, "from the second"),
		from(SERVER, "to the first"), from(CLIENT, "the first again"),
		from(SERVER, "to the second"), from(SERVER, ""));
}
