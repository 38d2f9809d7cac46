#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a case that gives up by abort(3)", .clause = "none: fails on purpose")
{
	abort();
}
