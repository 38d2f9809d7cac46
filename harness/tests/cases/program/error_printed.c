#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "something is printed on standard error", .clause = "none: fails on purpose")
{
	struct program *quiet = start("sh", "-c", "echo fine");
	expect_no_error(quiet);
	struct program *loud = start("sh", "-c", "echo fine; echo 'a warning' >&2");
	expect_no_error(loud);
	expect_error_lacks(quiet, "warning");
	expect_error_lacks(loud, "warning");
	expect_exit(quiet, 0);
	expect_exit(loud, 0);
}
