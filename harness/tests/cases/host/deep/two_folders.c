/* The case is two folders deep, and so is its capture. */
#include "wirecheck.h"

CASE(.proves = "the folders of a capture are made", .clause = "mkdir(2)")
{
	expect_no_packets();
}
