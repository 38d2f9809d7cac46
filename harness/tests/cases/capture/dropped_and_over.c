#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the capture dropped packets and the case ended early, and does so again",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	plain_flood(9000, 25);
	connect_to(TCP, "127.0.0.1", 8898);
}
