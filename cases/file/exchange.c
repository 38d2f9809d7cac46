/*
 * This case comes before sockets: two programs share data through a file. They need no network at
 * all. The case also shows what a file does not give: nobody is told when something new is there. A
 * program that reads too early reads the old text, but it never reads half of a new one.
 */
#include "wirecheck.h"

CASE(.proves = "what one program writes, the other prints, and no packet is sent",
	.clause = "POSIX rename, open")
{
	struct program *early = start("file_exchange_reader", "shared.txt");
	expect_exit(early, 1);
	expect_error(early, "No such file or directory");
	expect_output(early, "");

	struct program *writer = start("file_exchange_writer", "shared.txt", "hello, grüße");
	expect_exit(writer, 0);
	expect_output(writer, "");
	expect_file("shared.txt", "hello, grüße");
	struct program *reader = start("file_exchange_reader", "shared.txt");
	expect_exit(reader, 0);
	expect_output(reader, "hello, grüße\n");

	/* A program that has the old file open when a new text comes reads all of the old text. */
	struct program *opened = start_tool("ln", "shared.txt", "opened.txt");
	expect_exit(opened, 0);
	struct program *second_writer = start("file_exchange_writer", "shared.txt", "bye");
	expect_exit(second_writer, 0);
	expect_file("opened.txt", "hello, grüße");
	struct program *later = start("file_exchange_reader", "shared.txt");
	expect_exit(later, 0);
	expect_output(later, "bye\n");
	struct program *listing = start_tool("ls");
	expect_output(listing, "opened.txt\nshared.txt\n");
	expect_no_error(listing);

	expect_no_packets();
}
