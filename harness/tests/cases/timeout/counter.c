#include "wirecheck.h"

CASE(.proves = "a counter does not grow within the limit of a wait",
	.clause = "none: fails on purpose")
{
	until_counter("TcpExt", "ListenOverflows", 1);
}
