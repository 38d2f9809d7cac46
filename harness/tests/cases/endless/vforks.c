/* A program waits in a way that looks like a wait for the disk. */
#include "wirecheck.h"

CASE(.proves = "a program in vfork(2) without end", .clause = "none: fails on purpose")
{
	until_printed(start("vforked"), "done");
}
