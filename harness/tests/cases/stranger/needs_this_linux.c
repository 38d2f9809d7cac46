/* PASS: the kernel is new enough for the case. Versions are compared by numbers, not by letters. */
#include "wirecheck.h"

CASE(.proves = "version 4.0 is older than 4.19 and than 5.4", .clause = "none",
	.least_linux = "4.0", .needs_tool = "sh", .needs_family = AF_UNIX)
{
	expect_no_packets();
}
