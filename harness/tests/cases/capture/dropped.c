#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the capture drops packets, and nothing else is wrong",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	plain_flood(9000);
	allow_other_traffic();
}
