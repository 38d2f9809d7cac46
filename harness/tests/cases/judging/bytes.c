#include "wirecheck.h"

CASE(.proves = "bytes of the case's own differ, or match no pattern",
	.clause = "none: fails on purpose")
{
	expect_bytes(BYTES("a\0b"), BYTES("a\0b"));
	expect_bytes(BYTES("a\0c"), BYTES("a\0b"));
	expect_matches(BYTES("a\0c"), "a*c");
	expect_matches(BYTES("a\0c"), "b*c");
	expect_no_packets();
}
