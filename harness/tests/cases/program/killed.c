#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a program is killed by a signal", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "printf 'almost done'; kill -s SEGV $$");
	expect_exit(program, 0);
}
