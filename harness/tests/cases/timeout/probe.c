#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "an idle connection is not probed within the limit of a wait",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	connect_to(TCP, "127.0.0.1", 8898);
	until_probe(only_connection(8898), CLIENT);
}
