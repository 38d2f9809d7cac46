#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a case that ends its own process", .clause = "none: fails on purpose")
{
	expect_exit(start("sh", "-c", "exit 0"), 0);
	_exit(0);
}
