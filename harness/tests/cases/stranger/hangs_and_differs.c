/*
 * FAIL: the program hangs, and what it has printed by then is wrong however it ends.
 * says "sh: standard output differs at byte 0 of 2 expected, 4 found"
 * says "so far: it is still running"
 * says "and so, without waiting again: harness/tests/cases/stranger/hangs_and_differs.c:17"
 */
#include "wirecheck.h"

CASE(.proves = "a difference is reported, and what only follows from a wait in vain is one line",
	.clause = "none")
{
	struct program *program = start_tool("sh", "-c", "echo one; exec sleep 1000");

	until_printed(program, "one\n");
	expect_exit(program, 0);
	expect_output(program, "2\n");
	expect_output(program, "one\ntwo\n");
	expect_no_packets();
}
