/* A program delays itself, because it has more processes than there are processors. */
#include "wirecheck.h"

CASE(.proves = "a program that computes without end", .clause = "none: fails on purpose")
{
	until_printed(start("spinning"), "done");
}
