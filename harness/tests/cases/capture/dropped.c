#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the largest ring that a run is repeated with drops packets too",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	plain_flood(9000, 400);
	allow_other_traffic();
}
