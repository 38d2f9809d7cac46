/* PASS: what a child prints after its parent has ended is the program's, too. */
#include "wirecheck.h"

CASE(.proves = "output is awaited as long as somebody holds the pipe", .clause = "pipe(7)")
{
	struct program *program = start_tool(
		"sh", "-c", "(sleep 0.1; echo late; sleep 0.1; echo 'later still' >&2) & echo first");

	until_printed(program, "late\n");
	expect_exit(program, 0);
	expect_output(program, "first\nlate\n");
	expect_error(program, "later still");
	expect_no_packets();
}
