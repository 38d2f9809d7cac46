#include "wirecheck.h"

CASE(.proves = "an error is not printed within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "echo ready >&2; read line");
	until_error_printed(program, "ready\n");
	until_error_printed(program, "listening");
}
