#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a program prints without end", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "while :; do echo and on and on; done");
	expect_exit(program, 0);
}
