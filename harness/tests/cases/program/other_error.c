#include "wirecheck.h"

CASE(.proves = "a program prints another error, and ends", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "echo ready >&2; echo late >&2");
	until_error_printed(program, "ready\n");
	until_error_printed(program, "ready\n");
}
