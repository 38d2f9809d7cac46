/*
 * A number is not a socket. The process that started the program may have passed on nothing, or a
 * socket that is not connected yet. The program reports that before it prints or closes anything.
 */
#include "wirecheck.h"

CASE(.proves = "a descriptor that is not open, or not connected, is refused with its error",
	.clause = "POSIX fcntl EBADF, getpeername ENOTCONN")
{
	struct program *missing = start("socket_fileno", "999"); /* lower numbers may be open */
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
