/*
 * UDP-Lite is UDP with a checksum that may cover the first bytes only: for speech, a wrong bit is
 * better than a lost packet. The sender says how many bytes are covered, its header of 8 bytes
 * included, in the field that UDP has for its length. The receiver says how many bytes must be
 * covered at least, and drops a packet that covers fewer as if it were damaged. Both must agree,
 * because neither is told when they do not.
 */
#include "wirecheck.h"

/* From udplite(7); the C library has no header with these. */
#define UDPLITE_SEND_CSCOV 10
#define UDPLITE_RECV_CSCOV 11

CASE(.proves = "the sender's coverage is on the wire; a packet that covers too little is dropped",
	.clause = "RFC 3828 3.1, 3.2; udplite(7)", .needs_protocol = UDPLITE)
{
	struct endpoint *server = bind_to(UDPLITE, "127.0.0.1", 9000);
	struct endpoint *client = connect_to(UDPLITE, "127.0.0.1", 9000);

	/* By default the checksum covers everything, as in UDP. The field is 0 then. */
	send_text(client, "all of it");
	expect_received(server, "all of it");
	expect_udplite_datagrams(9000, from(CLIENT, "all of it"));
	expect_coverage(udplite_datagram_of(9000, 1), 0);

	set_option(client, IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV, 8 + 4);
	send_text(client, "head and voice");
	expect_received(server, "head and voice");
	expect_udplite_datagrams(9000, from(CLIENT, "head and voice"));
	expect_coverage(udplite_datagram_of(9000, 2), 8 + 4);

	/* The header is always covered: a smaller number means the header alone. */
	set_option(client, IPPROTO_UDPLITE, UDPLITE_SEND_CSCOV, 1);
	send_text(client, "voice");
	expect_received(server, "voice");
	expect_udplite_datagrams(9000, from(CLIENT, "voice"));
	expect_coverage(udplite_datagram_of(9000, 3), 8);

	set_option(server, IPPROTO_UDPLITE, UDPLITE_RECV_CSCOV, 8 + 4);
	send_text(client, "dropped");
	until_counter("UdpLite", "InErrors", 1);
	expect_nothing_received(server);
	expect_nothing_received(client);
	expect_udplite_datagrams(9000, from(CLIENT, "dropped"));
	expect_no_datagrams(9000);
}
