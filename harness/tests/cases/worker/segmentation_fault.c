#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a case that reads where it must not", .clause = "none: fails on purpose")
{
	expect_exit(start("sh", "-c", "exit 0"), 0);
	static volatile int *volatile nowhere;
	*nowhere = 1;
}
