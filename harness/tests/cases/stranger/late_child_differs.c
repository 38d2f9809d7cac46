/*
 * FAIL: a child prints late what is not expected, and the daemon goes on printing.
 * says "sh: standard output differs at byte 4 of 5 expected, 9 found"
 * says "its standard output is still held open, by a child for instance"
 */
#include "wirecheck.h"

CASE(.proves = "output that is still held at the end of a wait is compared as it is",
	.clause = "pipe(7)")
{
	struct program *late = start_tool("sh", "-c", "(sleep 0.1; echo late) & echo one");
	struct program *daemon = start_tool("sh", "-c", "sleep 1000 & echo one");

	expect_output(late, "one\n?");
	expect_output(daemon, "one\n");
	expect_output(daemon, "two\n");
	expect_no_packets();
}
