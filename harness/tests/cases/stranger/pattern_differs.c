/*
 * FAIL: each of these patterns nearly matches.
 * says "differs at byte 2: expected "? ", found "X 17\n""
 * says "does not have "18" from byte 2 on"
 * says "does not end with "17" from byte 0 on"
 * says "goes on at byte 5, where the pattern ends"
 */
#include "wirecheck.h"

CASE(.proves = "a question mark is a question mark", .clause = "wirecheck.h, expect_output_matches")
{
	struct program *program = start_tool("printf", "okX 17\n");

	expect_output_matches(program, "ok? *\n");
	expect_output_matches(program, "ok*18*");
	expect_output_matches(program, "*17");
	expect_output_matches(program, "okX 1");
	expect_exit(program, 0);
	expect_no_packets();
}
