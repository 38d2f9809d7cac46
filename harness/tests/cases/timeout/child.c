#include "wirecheck.h"

CASE(.proves = "a program has not so many processes", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "sleep 99 & echo started; wait");
	until_printed(program, "started\n");
	signal_child(program, 2, SIGTERM);
}
