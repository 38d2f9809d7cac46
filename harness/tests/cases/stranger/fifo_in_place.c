/*
 * FAIL: the program made a named pipe of the file, and nobody writes into it.
 * says "out.txt: expected "done", found no file to read: it is no regular file"
 */
#include "wirecheck.h"

CASE(.proves = "what is no regular file has no text", .clause = "POSIX open O_NONBLOCK")
{
	struct program *maker = start_tool("mkfifo", "out.txt");

	expect_exit(maker, 0);
	expect_file("out.txt", "done");
}
