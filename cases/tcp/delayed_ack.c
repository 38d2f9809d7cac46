/*
 * A receiver may wait before it sends an ACK: for an answer that carries the ACK, or for a second
 * segment that the ACK covers too. It must wait less than half a second. A sender that waits for an
 * ACK before it goes on, as Nagle's algorithm does (tcp/nagle), feels this delay: on Linux some 40
 * ms.
 *
 * The times are those of the capture. A machine that stands still for a moment makes a measured
 * time longer, never shorter. So the shortest of several times is what the kernel's timer takes.
 */
#include "wirecheck.h"

CASE(.proves = "data is acknowledged within half a second even when there is nothing else to send",
	.clause = "RFC 9293 3.8.6.3 MUST-40")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	double shortest = 0;

	for (size_t i = 1; i <= 3; i++) {
		struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
		struct endpoint *server = accept_from(listener);
		set_option(server, IPPROTO_TCP, TCP_QUICKACK, 0);
		send_text(client, "a");
		until_acknowledged(client);
		expect_received(server, "a");

		struct connection *conn = connection_of(8898, i, i);
		double delay = longest_ack_delay(conn, CLIENT);
		shortest = i == 1 || delay < shortest ? delay : shortest;
		expect_sent(conn, CLIENT, "a");
	}
	record("acknowledged after %.1f ms", shortest);
	expect_within(shortest, 0, 499);
}
