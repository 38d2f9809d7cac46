/* PASS: the kernel is as new as the case asks for, by numbers and not by letters. */
#include "wirecheck.h"

CASE(.proves = "version 4.0 is older than 4.19 and than 5.4", .clause = "none",
	.least_linux = "4.0", .needs_tool = "sh", .needs_family = AF_UNIX)
{
	expect_no_packets();
}
