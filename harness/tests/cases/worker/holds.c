#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a case among those that fail, which holds", .clause = "none: fails on purpose")
{
	expect_exit(start("sh", "-c", "exit 0"), 0);
}
