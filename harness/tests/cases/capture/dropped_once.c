#include "../plain.h"
#include "wirecheck.h"
#include "worker/context.h"

CASE(.proves = "the capture drops packets, and has all of them when the run is repeated",
	.clause = "none: passes")
{
	plain_server(SOCK_DGRAM, 9000);
	plain_flood(9000, 25);
	expect_no_connection(9000);
	expect_within(context.wire.datagrams.count, 500, 500);
	allow_other_traffic();
}
