/*
 * rename puts a file in the place of whatever has the name: root that writes to /dev/null by it has
 * no /dev/null any more, and a symbolic link is lost together with the way to its file. What is no
 * plain file is left alone.
 */
#include "wirecheck.h"

/* The writer refuses this path. */
static void refused(const char *path)
{
	struct program *writer = start("file_exchange_writer", path, "text");

	expect_exit(writer, 1);
	expect_output(writer, "");
}

CASE(.proves = "what is no regular file is left as it is, and no other file either",
	.clause = "POSIX rename, lstat")
{
	expect_exit(start_tool("mkdir", "folder"), 0);
	expect_exit(start_tool("ln", "-s", "target.txt", "link"), 0);
	expect_exit(start_tool("mkfifo", "fifo"), 0);
	refused("folder");
	refused("link");
	refused("fifo");
	refused("missing/shared.txt");
	struct program *listing = start_tool("ls", "-F");
	expect_output(listing, "fifo|\nfolder/\nlink@\n");
	expect_no_error(listing);
	expect_no_packets();
}
