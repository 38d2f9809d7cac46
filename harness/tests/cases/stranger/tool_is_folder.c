/*
 * BROKEN: a folder is no tool.
 * says "/tmp is a folder"
 */
#include "wirecheck.h"

CASE(.proves = "nothing", .clause = "none")
{
	start_tool("/tmp");
}
