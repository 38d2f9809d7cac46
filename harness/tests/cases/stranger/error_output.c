/*
 * PASS: nobody asked what is on standard error. The capture's comment and -v show it all the same,
 * see test_error_output.c.
 */
#include "wirecheck.h"

CASE(.proves = "standard error is not looked at", .clause = "none")
{
	struct program *quiet = start_tool("sh", "-c", "echo fine");
	expect_exit(quiet, 0);
	struct program *loud = start_tool("sh", "-c", "echo '3 clients: \"late\"' >&2");
	expect_exit(loud, 0);
	struct program *endless = start_tool("sh", "-c", "printf %01000d 7 >&2");
	expect_exit(endless, 0);
}
