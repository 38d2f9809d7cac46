/* A program is in a wait that looks like one for the disk. */
#include "wirecheck.h"

CASE(.proves = "a program in vfork(2) without end", .clause = "none: fails on purpose")
{
	until_printed(start("vforked"), "done");
}
