#include "wirecheck.h"

CASE(.proves = "a program may not be executed", .clause = "none: fails on purpose")
{
	start("not_executable");
}
