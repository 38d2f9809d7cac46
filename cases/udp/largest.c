/*
 * A datagram's length has to fit into 16 bits, headers included. 65535 less 20 bytes of IP header
 * and 8 of UDP header leave 65507. One byte more is refused at once, and nothing is sent. A program
 * that has more to say must cut it up and put it together itself, or use TCP.
 */
#include "wirecheck.h"

CASE(.proves = "65507 bytes are one datagram; 65508 bytes are refused and not sent",
	.clause = "RFC 768; RFC 791 3.1; send(2) EMSGSIZE")
{
	struct bytes largest = pattern(65507), too_large = pattern(65508);

	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	expect_send_error(sender, too_large, EMSGSIZE);
	send_bytes(sender, largest);
	expect_received_bytes(receiver, largest);
	expect_nothing_received(receiver);

	expect_datagrams(9000, from_bytes(CLIENT, largest));
}
