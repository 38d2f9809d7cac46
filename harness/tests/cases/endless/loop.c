#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a case that never comes to an end", .clause = "none: fails on purpose")
{
	expect_exit(start("sh", "-c", "exit 0"), 0);
	for (volatile unsigned i = 0;; i++)
		;
}
