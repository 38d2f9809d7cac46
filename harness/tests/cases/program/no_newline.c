#include "wirecheck.h"

CASE(.proves = "a program's output lacks its last character", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "printf hello");
	expect_output(program, "hello\n");
}
