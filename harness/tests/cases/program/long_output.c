#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a long output is cut, with its length", .clause = "none: fails on purpose")
{
	struct program *program =
		start("sh", "-c", "i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i + 1)); done");
	expect_exit(program, 0);
	expect_error(program, "line");
}
