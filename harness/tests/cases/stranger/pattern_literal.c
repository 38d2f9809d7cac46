/* PASS: only a star is special in a pattern. */
#include "wirecheck.h"

CASE(.proves = "brackets, backslashes and question marks stand for themselves",
	.clause = "wirecheck.h, expect_output_matches")
{
	struct program *program = start_tool("printf", "%s", "[5 bytes] C:\\dir ok? {a,b} 17\n");

	expect_output_matches(program, "[5 bytes] *\n");
	expect_output_matches(program, "*C:\\dir *");
	expect_output_matches(program, "* ok? {a,b} *\n");
	expect_output_matches(program, "*17\n*");
	expect_output_matches(program, "**");
	expect_exit(program, 0);
	expect_no_packets();
}
