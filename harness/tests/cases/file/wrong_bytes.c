#include "wirecheck.h"

CASE(.proves = "a file has other bytes, or matches no pattern", .clause = "none: fails on purpose")
{
	write_file("greeting", "hello 17\n");
	write_file_bytes("deep/bytes", BYTES("a\0b"));

	expect_file("greeting", "hello 17\n");
	expect_file_bytes("deep/bytes", BYTES("a\0c"));
	expect_file_matches("greeting", "hello *\n");
	expect_file_matches("greeting", "hello *8\n");
	expect_file_matches("nothing", "*");
}
