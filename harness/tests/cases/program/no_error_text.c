#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "standard error is empty where a text is expected",
	.clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "echo 'Address already in use'; exit 1");
	expect_exit(program, 1);
	expect_error(program, "Address already in use");
}
