/* PASS: above 65535 bytes IPv6 has jumbograms (RFC 2675), whose bytes are read as usual. */
#include "wirecheck.h"

CASE(.proves = "at an MTU of 200000 a stream over IPv6 is whole, the largest datagram is one packet",
	.clause = "RFC 8200 3; RFC 2675", .ring_mib = 16,
	.needs_ipv6 = true)
{
	struct bytes all = pattern(3000000), datagram = bytes_part(all, 0, 65527);

	set_mtu(200000);
	struct endpoint *listener = listen_on("::1", 7000);
	struct endpoint *client = connect_to(TCP, "::1", 7000);
	struct endpoint *server = accept_from(listener);
	exchange(client, all, server, all);
	struct connection *conn = only_connection(7000);
	expect_sent_bytes(conn, CLIENT, all);
	expect_sent_bytes(conn, SERVER, all);

	struct endpoint *receiver = bind_to(UDP, "::1", 7001);
	struct endpoint *sender = connect_to(UDP, "::1", 7001);
	send_bytes(sender, datagram);
	expect_received_bytes(receiver, datagram);
	expect_datagrams(7001, from_bytes(CLIENT, datagram));
	expect_fragments(datagram_of(7001, 1), 0);
}
