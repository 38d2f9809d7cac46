#include "wirecheck.h"

CASE(.proves = "standard error has another text, or matches no pattern",
	.clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "printf 'port %d\\n' 17 >&2");
	expect_error_output(program, "port 17\n");
	expect_error_output(program, "port 18\n");
	expect_error_matches(program, "port *\n");
	expect_error_matches(program, "port *8\n");
	expect_exit(program, 0);
}
