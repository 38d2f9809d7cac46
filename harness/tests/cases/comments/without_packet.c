/* More failures without a packet than one comment has room for. Some of them are long. */
#include "wirecheck.h"

CASE(.proves = "failures without a packet are reported too", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "echo ho; echo oops >&2; exit 3");

	expect_exit(program, 0);
	expect_output(program, "hi\n");
	record("seven is %d", 7);
	expect_within(sizeof "none", 8, 9);
	for (int i = 0; i < 40; i++)
		expect_within(i, 100 + i, 200 + i);
}
