/* PASS: what a child prints after its parent has ended belongs to the program too. */
#include "wirecheck.h"

CASE(.proves = "the case waits for output as long as a process holds the pipe", .clause = "pipe(7)")
{
	struct program *program = start_tool(
		"sh", "-c", "(sleep 0.1; echo late; sleep 0.1; echo 'later still' >&2) & echo first");

	until_printed(program, "late\n");
	expect_exit(program, 0);
	expect_output(program, "first\nlate\n");
	expect_error(program, "later still");
	expect_no_packets();
}
