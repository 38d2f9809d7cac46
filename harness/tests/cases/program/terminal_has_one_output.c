#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "standard error is asked for alone, on a terminal",
	.clause = "none: fails on purpose")
{
	struct program *program = start_on_terminal("sh", "-c", "echo one; echo two >&2");
	until_error_printed(program, "two\n");
	expect_exit(program, 0);
	expect_error_output(program, "two\n");
}
