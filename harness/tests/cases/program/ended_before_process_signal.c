#include "wirecheck.h"

CASE(.proves = "a program's first process ends before it can be sent a signal",
	.clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "sleep 1000 & exit 0");
	expect_exit(program, 0);
	signal_process(program, SIGTERM);
}
