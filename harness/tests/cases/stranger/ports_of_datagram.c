/* PASS: the case asks a datagram for its ports. */
#include "wirecheck.h"

CASE(.proves = "a datagram has the port of its sender and that of its receiver",
	.clause = "RFC 768")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = bind_to(UDP, "127.0.0.1", 9001);

	send_text_to(sender, "127.0.0.1", 9000, "hello");
	expect_received(receiver, "hello");
	struct datagram *datagram = datagram_of(9000, 1);
	expect_within(sender_port(datagram), 9001, 9001);
	expect_within(receiver_port(datagram), 9000, 9000);
	expect_datagrams(9000, from(CLIENT, "hello"));
}
