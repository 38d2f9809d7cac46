/* SKIP: the tool is not installed. */
#include "wirecheck.h"

CASE(.proves = "nothing without the tool", .clause = "none", .needs_tool = "no-such-tool")
{
	expect(false, "never reached");
}
