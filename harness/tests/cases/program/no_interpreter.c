#include "wirecheck.h"

CASE(.proves = "a script whose interpreter is missing", .clause = "none: fails on purpose")
{
	start("no_interpreter");
}
