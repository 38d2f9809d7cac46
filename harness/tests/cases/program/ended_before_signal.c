#include "wirecheck.h"

CASE(.proves = "a program ends before it can be sent a signal", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "exit 0");
	expect_exit(program, 0);
	send_signal(program, SIGTERM);
}
