/*
 * A Unix socket's name is a file, and the file stays when the process is killed. Nobody listens on
 * it any more, a client is refused, and yet bind says that the address is in use; SO_REUSEADDR has
 * no say in it. Somebody has to remove the file: the server at its end, and whoever starts it again
 * when it could not.
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
