#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a program prints something else", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "printf 'Hello\\n'");
	expect_exit(program, 0);
	expect_output(program, "hello\n");
}
