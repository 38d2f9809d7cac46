/* PASS: a program finds that no offload of lo is on. */
#include "wirecheck.h"

CASE(.proves = "lo joins and cuts nothing", .clause = "segmentation-offloads.rst; ethtool(8)")
{
	struct program *offloads = start("offloads");

	expect_exit(offloads, 0);
	expect_no_error(offloads);
	expect_output(offloads, "");
}
