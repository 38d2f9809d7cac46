#include "wirecheck.h"

CASE(.proves = "a program prints other bytes, with NULs among them",
	.clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "printf 'a\\0b'");
	expect_output_bytes(program, BYTES("a\0b"));
	expect_output_bytes(program, BYTES("a\0c"));
	expect_exit(program, 0);
}
