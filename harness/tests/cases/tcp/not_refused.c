#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a connection is opened instead of refused", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	connect_to(TCP, "127.0.0.1", 8898);

	expect_refused(only_connection(8898));
}
