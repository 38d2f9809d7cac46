#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "two connections where one is expected", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	connect_to(TCP, "127.0.0.1", 8898);
	connect_to(TCP, "127.0.0.1", 8898);

	only_connection(8898);
}
