#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a case that never comes to an end", .clause = "none: fails on purpose")
{
	expect_exit(start("sh", "-c", "exit 0"), 0);
	static volatile unsigned turns;
	for (;;)
		turns++;
}
