/*
 * A message is bytes, as its sender's keyboard made them. It may be Latin-1, or end in half of a
 * character. One client whose messages are not UTF-8 must not end a server that others use. Nor may
 * the server lose what its user types.
 */
#include "wirecheck.h"

CASE(.proves = "a message and its answer that are not UTF-8 pass unchanged",
	.clause = "POSIX recvfrom; RFC 3629 3; the demos' contract")
{
	struct program *server = start_on_terminal("udp_chat_server");
	until_listening(UDP, 8081);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 8081);
	send_text(client, "gr\xfc\xdf \xc3");
	until_printed(server, "]: \033[1;44mgr\xfc\xdf \xc3\033[0m\nreply message: ");
	type_line(server, " sch\xf6n \xf0\x9f ");
	expect_received(client, "sch\xf6n \xf0\x9f");
	send_text(client, "bye");
	until_printed(server, "reply message: ");
	end_input(server);
	expect_exit(server, 0);
	expect_datagrams(8081, from(CLIENT, "gr\xfc\xdf \xc3"), from(SERVER, "sch\xf6n \xf0\x9f"),
		from(CLIENT, "bye"));
}
