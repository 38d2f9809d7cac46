#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "standard error lacks a text", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "echo 'bind: Permission denied' >&2; exit 1");
	expect_exit(program, 1);
	expect_error(program, "Address already in use");
}
