/* PASS: a program makes a link inside of the scratch folder, and the case writes below it. */
#include "wirecheck.h"

CASE(.proves = "a link to another folder of the scratch folder is followed", .clause = "none")
{
	expect_exit(start_tool("sh", "-c", "mkdir releases && ln -s releases current"), 0);
	write_file("current/deep/file", "hello");
	expect_file("releases/deep/file", "hello");
	write_file("current/deep/file", "again");
	expect_file("releases/deep/file", "again");
	expect_no_file("releases/deep/file.written");
}
