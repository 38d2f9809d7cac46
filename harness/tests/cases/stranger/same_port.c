/* PASS: both ends of a dialogue over UDP may have the same port, as in NTP. */
#include "wirecheck.h"

CASE(.proves = "the first to send is CLIENT, and the first to receive on the port is SERVER",
	.clause = "RFC 5905 7.3")
{
	struct endpoint *server = bind_to(UDP, "127.0.0.2", 7000);
	struct endpoint *client = bind_to(UDP, "127.0.0.1", 7000);
	struct endpoint *other = bind_to(UDP, "127.0.0.3", 7000);

	send_text_to(client, "127.0.0.2", 7000, "ping");
	expect_received(server, "ping");
	send_text_to(server, "127.0.0.1", 7000, "pong");
	expect_received(client, "pong");
	send_text_to(server, "127.0.0.3", 7000, "who?");
	expect_received(other, "who?");
	send_text_to(other, "127.0.0.2", 7000, "me");
	expect_received(server, "me");
	expect_datagrams(7000, from(CLIENT, "ping"), from(SERVER, "pong"), from(CLIENT, "who?"),
		from(SERVER, "me"));
}
