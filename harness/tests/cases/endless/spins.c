/* A program delays itself: its processes are more than the processors. */
#include "wirecheck.h"

CASE(.proves = "a program that computes without end", .clause = "none: fails on purpose")
{
	until_printed(start("spinning"), "done");
}
