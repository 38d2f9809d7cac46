#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "the capture drops packets before an expectation looks at the wire",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	plain_flood(9000);
	only_connection(8898);
}
