/*
 * Ctrl-C ends a server that still waits, and the server must then remove its socket file. A file
 * that stays keeps the path taken, and the server cannot be started again (restart/unix_path).
 */
#include "wirecheck.h"

/* A signal ends a server that waits at its path. The file is gone afterwards. */
static void ended(const char *name, const char *path, int number)
{
	struct program *server = start(name, path);

	until_bound(path);
	send_signal(server, number);
	expect_output(server, ""); /* waits for its end; how it ends is free */
	expect_no_file(path);
}

CASE(.proves = "a server that a signal ends removes its socket file",
	.clause = "POSIX unlink, sigaction")
{
	ended("unix_hello_server", "one.sock", SIGINT);
	ended("unix_hello_server", "two.sock", SIGTERM);
	ended("unix_datagram_server", "three.sock", SIGINT);
	ended("unix_datagram_server", "four.sock", SIGTERM);

	/* The server must not remove a file that was there before. */
	struct endpoint *other = listen_at_path("five.sock");
	struct program *refused = start("unix_datagram_server", "five.sock");
	expect_exit(refused, 1);
	expect_error(refused, "Address already in use");
	expect_socket_file("five.sock");
	close_socket(other);
	expect_no_packets();
}
