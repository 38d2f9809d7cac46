#include "wirecheck.h"

CASE(.proves = "a program prints another prompt, and ends", .clause = "none: fails on purpose")
{
	struct program *program = start_on_terminal("sh", "-c", "printf 'Name: '; printf 'age: '");
	until_printed(program, "Name: ");
	until_printed(program, "Age: ");
}
