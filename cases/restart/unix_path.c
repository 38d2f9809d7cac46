/*
 * The name of a Unix socket is a file, and the file stays when the process is killed. Then nobody
 * listens on it, and a client is refused. But bind still says that the address is in use, and
 * SO_REUSEADDR does not change that. Somebody has to remove the file: the server when it ends, or,
 * if it could not, the person or program that starts it again.
 */
#include "wirecheck.h"

CASE(.proves = "a socket's file that a killed server left keeps its name taken until it is removed",
	.clause = "unix(7); POSIX bind EADDRINUSE")
{
	struct program *killed = start("unix_hello_server", "hello.sock");
	until_bound("hello.sock");
	send_signal(killed, SIGKILL);
	expect_killed(killed, SIGKILL);
	expect_socket_file("hello.sock");

	struct program *refused = start("unix_hello_client", "hello.sock");
	expect_exit(refused, 1);
	expect_error(refused, "Connection refused");
	expect_output(refused, "");
	struct program *second = start("unix_hello_server", "hello.sock");
	expect_exit(second, 1);
	expect_error(second, "Address already in use");
	expect_socket_file("hello.sock");

	remove_file("hello.sock");
	struct program *third = start("unix_hello_server", "hello.sock");
	until_bound("hello.sock");
	struct program *client = start("unix_hello_client", "hello.sock");
	expect_exit(client, 0);
	expect_output(client, "hi\n");
	expect_exit(third, 0);
	expect_output(third, "hello\n");
	expect_no_file("hello.sock");
	expect_no_packets();
}
