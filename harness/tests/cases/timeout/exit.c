#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a program does not end within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct program *program = start("udp_hello_server");
	expect_exit(program, 0);
	expect_output(program, "hello\n");
}
