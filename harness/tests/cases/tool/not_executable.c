#include "wirecheck.h"

CASE(.proves = "a tool is there, but not executable", .clause = "none: broken on purpose")
{
	start_tool("./README");
}
