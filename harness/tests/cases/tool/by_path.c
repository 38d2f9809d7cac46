#include "wirecheck.h"

CASE(.proves = "a tool by its path, absolute or relative to wirecheck's current folder",
	.clause = "none: for test_implementation")
{
	struct program *absolute = start_tool("/bin/sh", "-c", "exit 3");
	expect_exit(absolute, 3);
	struct program *relative = start_tool("./a_tool");
	expect_exit(relative, 4);
	struct program *below = start_tool("scripts/a_tool");
	expect_exit(below, 4);
	struct program *found = start_tool("a_tool");
	expect_exit(found, 4);
}
