/*
 * A number is not a socket: whoever started the program may have passed on nothing, or a socket
 * that is not connected yet. The program says so before it prints or closes anything.
 */
#include "wirecheck.h"

CASE(.proves = "a descriptor that is not open, or of no connection, is refused by its error",
	.clause = "POSIX fcntl EBADF, getpeername ENOTCONN")
{
	struct program *missing =
		start("socket_fileno", "999"); /* programs may have the lower ones */
	expect_exit(missing, 1);
	expect_error(missing, "Bad file descriptor");
	expect_output(missing, "");

	struct endpoint *fresh = open_socket(TCP);
	struct program *unconnected =
		start_with(LAUNCH(.descriptor = descriptor_of(fresh)), "socket_fileno", "3");
	expect_exit(unconnected, 1);
	expect_error(unconnected, "Transport endpoint is not connected");
	expect_output(unconnected, "");
	expect_no_packets();
}
