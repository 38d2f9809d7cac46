#include "wirecheck.h"

CASE(.proves = "a program needs longer than it may, on a machine that keeps it waiting",
	.clause = "verbs/elapsed.h", .patience = 20)
{
	struct moment before = moment_now();
	expect_exit(
		start_tool("sh", "-c", "i=0; while [ $i -lt 150000 ]; do i=$((i + 1)); done"), 0);
	expect_elapsed(before, 0, 1500);
}
