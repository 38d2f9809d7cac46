#include "wirecheck.h"

CASE(.proves = "one program exits instead of being killed, another is killed by another signal",
	.clause = "none: fails on purpose")
{
	struct program *exits = start("sh", "-c", "exit 0");
	struct program *killed = start("sh", "-c", "kill -s KILL $$");
	expect_killed(exits, SIGTERM);
	expect_killed(killed, SIGTERM);
}
