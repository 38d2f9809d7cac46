#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "more datagrams were sent at once than the queue takes",
	.clause = "none: fails on purpose", .ring_mib = 16)
{
	plain_server(SOCK_DGRAM, 9000);
	lose_datagram(9000, CLIENT, 1);
	lose_datagram(9000, CLIENT, 1000000);
	for (int i = 0; i < 30000; i++)
		plain_send_to(9000, 1);

	expect_no_datagrams(9000);
}
