/* SKIP: the case says itself what the machine lacks. */
#include "wirecheck.h"

CASE(.proves = "a case skips itself", .clause = "none")
{
	skip("this machine has no %s", "sundial");
}
