#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a program ends before it can be held", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "exit 0");
	expect_exit(program, 0);
	hold(program);
}
