#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a case that holds, among those that fail", .clause = "none: fails on purpose")
{
	expect_exit(start("sh", "-c", "exit 0"), 0);
}
