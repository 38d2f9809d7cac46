/*
 * PASS: on a terminal a prompt on standard error and a line on standard output are one output, in
 * the order in which they were printed, as often as they alternate.
 */
#include "wirecheck.h"

CASE(.proves = "a person sees no difference", .clause = "none")
{
	struct program *program = start_on_terminal("asking");

	until_printed(program, "99\n99\nname? ");
	type_line(program, "otto");
	expect_exit(program, 0);
	expect_output_matches(program, "0\n0\n1\n1\n2\n2\n*\n98\n98\n99\n99\nname? hello otto\n");
	expect_error(program, "name? ");
}
