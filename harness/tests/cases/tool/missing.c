#include "wirecheck.h"

CASE(.proves = "a tool is not there", .clause = "none: skipped on purpose")
{
	start_tool("no_such_tool");
}
