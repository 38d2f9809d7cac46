#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "an expectation failed while the capture dropped packets, and fails again",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	expect_exit(start("sh", "-c", "exit 1"), 0);
	plain_flood(9000, 25);
	allow_other_traffic();
}
