/*
 * The addresses of this socket family are files. The programs make the same calls as in tcp/hello,
 * but nothing is on the wire, because the kernel passes the bytes on itself. The socket's file
 * stays until somebody removes it. A server that does not remove it cannot be started again
 * (restart/unix_path).
 */
#include "wirecheck.h"

CASE(.proves = "the greeting and its answer over AF_UNIX, with a file and without a packet",
	.clause = "unix(7); POSIX bind, unlink")
{
	struct program *server = start("unix_hello_server", "hello.sock");
	until_bound("hello.sock");
	expect_socket_file("hello.sock");

	struct program *client = start("unix_hello_client", "hello.sock");
	expect_exit(client, 0);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_output(client, "hi\n");

	expect_no_file("hello.sock");
	expect_no_packets();
}
