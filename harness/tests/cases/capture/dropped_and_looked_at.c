#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the capture dropped packets; when it has all, an expectation about the wire fails",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	plain_flood(9000, 25);
	only_connection(8898);
}
