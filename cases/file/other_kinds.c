/*
 * rename(2) replaces whatever has the name. When root runs a program that writes to /dev/null in
 * this way, /dev/null is gone. A symbolic link is lost too, and with it the way to its file. So the
 * writer leaves alone what is not a regular file.
 */
#include "wirecheck.h"

/* The writer refuses this path. */
static void refused(const char *path)
{
	struct program *writer = start("file_exchange_writer", path, "text");

	expect_exit(writer, 1);
	expect_output(writer, "");
}

CASE(.proves = "the writer leaves other kinds of file as they are, and leaves no new file",
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
