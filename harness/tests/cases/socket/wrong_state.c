#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket is in another state", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	expect_state(8898, TIME_WAIT);
}
