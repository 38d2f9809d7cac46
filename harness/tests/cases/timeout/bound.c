#include "wirecheck.h"

CASE(.proves = "no socket is bound to a path within the limit of a wait",
	.clause = "none: fails on purpose")
{
	until_bound("hello.sock");
}
