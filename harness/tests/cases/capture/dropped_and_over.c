#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the capture drops packets, and the case ends early",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	plain_flood(9000);
	connect_to(TCP, "127.0.0.1", 8898);
}
