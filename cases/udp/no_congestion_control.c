/*
 * UDP neither waits for the receiver nor for the network: each send is on the wire at once, though
 * nobody reads and the receiver's buffer has been full for long. TCP would have held the bytes back
 * in the sender's buffer and then made the program wait. A program that sends much over UDP must
 * therefore pace itself, or it drops its own messages and everybody else's.
 */
#include "wirecheck.h"

#define SENT 60 /* less than the sender's own buffer holds: it has no part in this */

CASE(.proves = "nobody reads, and still no send waits and every datagram goes out",
	.clause = "RFC 768; RFC 8085 3.1")
{
	struct message sent[SENT];

	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	set_option(receiver, SOL_SOCKET, SO_RCVBUF, 4096);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	for (int i = 0; i < SENT; i++) {
		sent[i] = from(CLIENT, format("datagram %02d of 1000 bytes %0974d", i, 0));
		send_at_once(sender, sent[i].payload);
	}

	expect_datagrams_unordered(9000, sent, SENT);
	size_t room = count_received(receiver, SENT);
	expect_within(room, 1, SENT / 2);
	record("%d datagrams were sent while the receiver had room for %zu", SENT, room);
}
