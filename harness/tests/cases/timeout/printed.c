#include "wirecheck.h"

CASE(.proves = "a prompt is not printed within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct program *program = start_on_terminal("sh", "-c", "printf 'Name: '; read name");
	until_printed(program, "Name: ");
	until_printed(program, "Age: ");
}
