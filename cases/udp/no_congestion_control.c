/*
 * UDP waits neither for the receiver nor for the network. Each send is on the wire at once,
 * although nobody reads and the receiver's buffer has long been full. TCP would hold the bytes back
 * in the sender's buffer and then make the program wait. So a program that sends much over UDP must
 * slow itself down, or it causes the loss of its own messages and those of others.
 */
#include "wirecheck.h"

#define SENT 60 /* fewer than fill the sender's own buffer, so that it makes no send wait */

CASE(.proves = "although nobody reads, no send waits and every datagram goes out",
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
