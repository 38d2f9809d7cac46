#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket does not reach a state within the limit of a wait",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	until_state(8898, TIME_WAIT);
}
