#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a send buffer takes all that there is", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	fill(connect_to(TCP, "127.0.0.1", 8898), bytes_of("hello"));
}
