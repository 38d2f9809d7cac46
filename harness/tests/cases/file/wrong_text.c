#include "wirecheck.h"

CASE(.proves = "a file has another text, or is not there", .clause = "none: fails on purpose")
{
	struct program *program = start("sh", "-c", "printf Hello > greeting");
	expect_exit(program, 0);

	expect_file("greeting", "hello\n");
	expect_file("nothing", "hello\n");
}
