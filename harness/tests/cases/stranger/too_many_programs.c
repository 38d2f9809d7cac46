/*
 * BROKEN: the case starts more programs than it can.
 * says "the case starts more than 256 programs"
 */
#include "wirecheck.h"

CASE(.proves = "the limit of programs is said", .clause = "verbs/starting.h")
{
	for (int i = 0; i <= 256; i++)
		expect_exit(start_tool("true"), 0);
}
