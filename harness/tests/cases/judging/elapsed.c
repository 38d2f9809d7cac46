#include "wirecheck.h"

CASE(.proves = "something takes too long, or not long enough", .clause = "none: fails on purpose")
{
	struct moment before = moment_now();
	expect_exit(start("sh", "-c", "sleep 1"), 0);
	struct moment after = moment_now();

	expect_between(before, after, 1000, 60000);
	expect_between(before, after, 70000, 80000);
	expect_between(before, after, 0, 10);
	expect_elapsed(before, 70000, 80000);
	expect_no_packets();
}
