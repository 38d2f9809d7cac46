#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket is in a state that none should be in", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	expect_no_state(8898, LISTEN);
}
