#include "wirecheck.h"

CASE(.proves = "a program is not there", .clause = "none: fails on purpose")
{
	start("no_such_server", "127.0.0.1", "8898");
}
