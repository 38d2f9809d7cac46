/* PASS: a server of UDP-Lite can be waited for, held and looked at, beside one of UDP. */
#include "wirecheck.h"

CASE(.proves = "the same port of another protocol is another one", .clause = "RFC 3828 3.1",
	.needs_protocol = UDPLITE)
{
	struct endpoint *other = bind_to(UDP, "127.0.0.1", 7000);
	struct program *server = start("udplite_server", "7000");
	until_listening_at(UDPLITE, "127.0.0.1", 7000);
	expect_bound_to(UDPLITE, "127.0.0.1", 7000);
	expect_unshared(UDPLITE, 7000);
	until_waiting(server, SERVER, 7000);
	hold(server);

	struct endpoint *client = connect_to(UDPLITE, "127.0.0.1", 7000);
	send_text(client, "to the one");
	struct endpoint *client_of_other = connect_to(UDP, "127.0.0.1", 7000);
	send_text(client_of_other, "to the other");
	expect_received(other, "to the other");
	release(server);
	expect_received(client, "hi");
	expect_exit(server, 0);
	expect_output(server, "to the one\n");

	expect_udplite_datagrams(7000, from(CLIENT, "to the one"), from(SERVER, "hi"));
	expect_answer(udplite_datagram_of(7000, 2), udplite_datagram_of(7000, 1));
	expect_datagrams(7000, from(CLIENT, "to the other"));
}
