/* PASS: a program reads what the case wrote before it began, and what it wrote over that meanwhile. */
#include "wirecheck.h"

CASE(.proves = "a case writes its programs' files", .clause = "verbs/files.h, write_file")
{
	write_file("conf/server.conf", "port 7000\n");
	write_file_bytes("conf/key", BYTES("k\0y"));
	struct program *program = start_tool("sh", "-c",
		"cat conf/server.conf; read go; cat conf/server.conf; cp conf/key copy; date +%Y > year");
	until_printed(program, "port 7000\n");
	write_file("conf/server.conf", "port 7001\n");
	type_line(program, "go");
	expect_output(program, "port 7000\nport 7001\n");
	expect_exit(program, 0);
	expect_file_bytes("copy", BYTES("k\0y"));
	expect_file_matches("year", "2*\n");
}
