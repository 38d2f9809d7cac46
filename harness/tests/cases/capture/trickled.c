#include "../plain.h"
#include "wirecheck.h"
#include "worker/context.h"

/* Each datagram takes a block of its own: the kernel hands a block over after 8 ms. */
CASE(.proves = "the capture drops packets that come one by one while nobody reads it",
	.clause = "none: passes when it is repeated")
{
	static const struct timespec pause = {.tv_nsec = 10000000};

	plain_server(SOCK_DGRAM, 9000);
	for (int i = 0; i < 20; i++) {
		plain_send_to(9000, 100);
		plain_check(nanosleep(&pause, NULL));
	}
	expect_no_connection(9000);
	expect_within(context.wire.datagrams.count, 20, 20);
	allow_other_traffic();
}
