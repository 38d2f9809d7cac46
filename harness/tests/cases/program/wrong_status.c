#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a program ends with another exit status", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "echo 'cannot bind' >&2; exit 3");
	expect_exit(program, 0);
}
