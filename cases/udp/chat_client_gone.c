/*
 * A client may have left before its answer comes. The kernel of its host reports that by ICMP. A
 * socket that was connected to the client, or that set IP_RECVERR, passes the report on: the next
 * receive fails with ECONNREFUSED. A server of many clients must not end because of that: the
 * others are still there.
 */
#include "wirecheck.h"

CASE(.proves = "a client that left before its answer does not end the server",
	.clause = "RFC 1122 4.1.3.3; udp(7) ECONNREFUSED")
{
	struct program *server = start_on_terminal("udp_chat_server");
	until_listening(UDP, 8081);
	struct endpoint *gone = connect_to(UDP, "127.0.0.1", 8081);
	uint16_t gone_port = local_port(gone);
	send_text(gone, "and bye");
	until_printed(server, "reply message: ");
	close_socket(gone);
	type_line(server, "too late");
	until_counter("Icmp", "InDestUnreachs", 1);
	expect_icmp(gone_port, 3, 3);

	struct endpoint *next = connect_to(UDP, "127.0.0.1", 8081);
	send_text(next, "anybody there?");
	until_printed(server, "anybody there?\033[0m\nreply message: ");
	type_line(server, "still here");
	expect_received(next, "still here");
	end_input(server);
	send_text(next, "thanks");
	expect_exit(server, 0);
	expect_datagrams(8081, from(CLIENT, "and bye"), from(SERVER, "too late"),
		from(CLIENT, "anybody there?"), from(SERVER, "still here"), from(CLIENT, "thanks"));
}
