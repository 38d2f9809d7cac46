#include "wirecheck.h"

CASE(.proves = "an output is neither of two texts, and does not match a pattern",
	.clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "echo 'third, first'");
	expect_output_either(program, "first, third\n", "second, third\n");
	expect_output_matches(program, "first, *");
}
