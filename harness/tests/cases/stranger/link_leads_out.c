/*
 * FAIL: a program makes a link that leads out of the scratch folder, and the case writes below it.
 * says "out/deep/file: expected a path in the scratch folder, found a symbolic link that leads out of it"
 */
#include "wirecheck.h"

CASE(.proves = "no file is written outside of the scratch folder", .clause = "none")
{
	expect_exit(start_tool("sh", "-c", "ln -s .. out"), 0);
	write_file("out/deep/file", "hello");
}
