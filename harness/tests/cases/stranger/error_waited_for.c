/* PASS: a server says on standard error that it is ready, and all that it says there is known. */
#include "wirecheck.h"

CASE(.proves = "standard error is waited for and compared", .clause = "verbs/output.h")
{
	struct program *program =
		start_tool("sh", "-c", "echo 'pid 17' >&2; read go; printf 'b\\0ye' >&2; echo out");
	until_error_printed(program, "pid ");
	until_error_printed(program, "17\n");
	expect(error_output_of(program)[0] == 'p', "found \"%s\"", error_output_of(program));
	type_line(program, "go");
	expect_error_matches(program, "pid *\nb*e");
	expect_output(program, "out\n");
	expect_exit(program, 0);
	struct program *other = start_tool("sh", "-c", "echo exact >&2");
	expect_error_output(other, "exact\n");
	expect_exit(other, 0);
}
