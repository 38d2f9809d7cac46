#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket is in a state that should not be", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	expect_no_state(8898, LISTEN);
}
