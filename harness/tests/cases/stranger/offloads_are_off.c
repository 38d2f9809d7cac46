/* PASS: a program finds no offload of lo that is on. */
#include "wirecheck.h"

CASE(.proves = "lo joins and cuts nothing", .clause = "segmentation-offloads.rst; ethtool(8)")
{
	struct program *offloads = start("offloads");

	expect_exit(offloads, 0);
	expect_no_error(offloads);
	expect_output(offloads, "");
}
