#include "wirecheck.h"

CASE(.proves = "a program does not read its input within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct program *program = start("udp_hello_server");
	type_line(program, letters(1 << 20));
}
