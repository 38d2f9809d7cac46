#include "wirecheck.h"

CASE(.proves = "a program does not end at the end of its input", .clause = "none: fails on purpose")
{
	struct program *program = start("udp_hello_server");
	end_input(program);
	expect_exit(program, 0);
}
