#include "wirecheck.h"

CASE(.proves = "a program ends before its output can be blocked",
	.clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "exit 0");
	expect_exit(program, 0);
	block_output(program);
}
