/*
 * BROKEN: children are numbered from 1.
 * says "the children of a program are numbered from 1"
 */
#include "wirecheck.h"

CASE(.proves = "nothing", .clause = "none")
{
	signal_child(start_tool("sleep", "60"), 0, SIGTERM);
}
