/* PASS: a file of any name, one of the longest among them, and an empty one. */
#include <string.h>

#include "wirecheck.h"

CASE(.proves = "files are written whatever their names", .clause = "none")
{
	char name[256];

	memset(name, 'n', sizeof name - 1);
	name[255] = '\0';
	write_file(name, "long");
	expect_file(name, "long");
	write_file("a.written", "1");
	write_file("a", "2");
	expect_file("a.written", "1");
	expect_file("a", "2");
	write_file_bytes("empty", (struct bytes){NULL, 0});
	expect_file("empty", "");
}
