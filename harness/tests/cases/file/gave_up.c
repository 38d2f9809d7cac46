#include "wirecheck.h"

CASE(.proves = "a program ends instead of binding its path", .clause = "none: fails on purpose")
{
	start("sh", "-c", "echo 'bind: Permission denied' >&2; exit 1");
	until_bound("hello.sock");
}
