#include "wirecheck.h"

CASE(.proves = "a line is longer than a terminal takes", .clause = "none: fails on purpose")
{
	struct program *program = start_on_terminal("sh", "-c", "read -r line; echo ${#line}");
	type_line(program, letters(4096));
}
