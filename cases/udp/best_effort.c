/*
 * When a datagram is lost, nobody is told. The receiver's buffer holds what the program has not
 * read yet. When it is full, the kernel drops what comes next, although all sends have succeeded.
 * Only the machine's counter RcvbufErrors shows it: look there when a UDP service loses messages.
 */
#include "wirecheck.h"

#define SENT 100

CASE(.proves = "sends succeed though a full buffer drops datagrams; RcvbufErrors counts those",
	.clause = "RFC 768; RFC 8085 3.3; udp(7)")
{
	struct message sent[SENT];

	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	set_option(receiver, SOL_SOCKET, SO_RCVBUF, 16384);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	for (int i = 0; i < SENT; i++) {
		sent[i] = from(CLIENT, format("datagram %02d of 1000 bytes %0974d", i, 0));
		send_at_once(sender, sent[i].payload);
	}

	/* All of them have come before the case reads the first. */
	expect_datagrams_unordered(9000, sent, SENT);
	size_t received = count_received(receiver, SENT);
	expect_within(received, 1, SENT - 1);
	expect_counter("Udp", "RcvbufErrors", SENT - (int64_t)received);
	expect_nothing_received(receiver);
	expect_nothing_received(sender);
	record("%zu of %d datagrams were received, %d dropped", received, SENT,
		SENT - (int)received);
}
