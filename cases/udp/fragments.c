/*
 * IP cuts up a datagram that is larger than the link's MTU, and the receiver's IP puts it together.
 * The programs see one datagram. 4000 bytes and 8 of UDP header take three packets at an MTU of
 * 1500, because each packet has room for 1480 bytes. If one of them is lost, the whole datagram is
 * lost. So large datagrams are lost more often than small ones.
 */
#include "wirecheck.h"

CASE(.proves = "4000 bytes at MTU 1500 are three fragments on the wire, and one datagram",
	.clause = "RFC 791 2.3, 3.2")
{
	struct bytes large = pattern(4000);

	set_mtu(1500);
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	send_bytes(sender, large);
	expect_received_bytes(receiver, large);
	expect_nothing_received(receiver);

	expect_datagrams(9000, from_bytes(CLIENT, large));
	expect_fragments(datagram_of(9000, 1), 0, 185, 370); /* 185 * 8 = 1480 */
}
