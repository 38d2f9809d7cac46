#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a terminal shows both outputs in their order, and lacks a text",
	.clause = "none: fails on purpose")
{
	struct program *program =
		start_on_terminal("sh", "-c", "echo one; echo two >&2; echo three; exit 1");
	until_printed(program, "one\ntwo\nthree\n");
	expect_output(program, "one\ntwo\nthree\n");
	expect_error(program, "two");
	expect_error(program, "four");
	expect_exit(program, 1);
}
