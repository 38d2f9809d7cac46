/* A case two folders deep, whose capture is so, too. */
#include "wirecheck.h"

CASE(.proves = "the folders of a capture are made", .clause = "mkdir(2)")
{
	expect_no_packets();
}
