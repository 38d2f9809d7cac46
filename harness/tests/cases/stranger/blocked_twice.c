/*
 * BROKEN: the case blocks an output that it has blocked already.
 * says "the standard output of sh is blocked already"
 */
#include "wirecheck.h"

CASE(.proves = "a wrong call is not a program's fault", .clause = "none")
{
	struct program *program = start_tool("sh", "-c", "read line");

	block_output(program);
	block_output(program);
}
