/*
 * Ctrl-C ends a server that still waits, and its socket file must go with it: a file that stays
 * keeps the path taken, and the server cannot be started again (restart/unix_path).
 */
#include "wirecheck.h"

/* Ends a server that waits at its path. */
static void ended(const char *name, const char *path, int number)
{
	struct program *server = start(name, path);

	until_bound(path);
	send_signal(server, number);
	expect_output(server, ""); /* which waits for its end; how it ends is free */
	expect_no_file(path);
}

CASE(.proves = "a server that a signal ends removes its socket file",
	.clause = "POSIX unlink, sigaction")
{
	ended("unix_hello_server", "one.sock", SIGINT);
	ended("unix_hello_server", "two.sock", SIGTERM);
	ended("unix_datagram_server", "three.sock", SIGINT);
	ended("unix_datagram_server", "four.sock", SIGTERM);

	/* A file that was there before is not the server's to remove. */
	struct endpoint *other = listen_at_path("five.sock");
	struct program *refused = start("unix_datagram_server", "five.sock");
	expect_exit(refused, 1);
	expect_error(refused, "Address already in use");
	expect_socket_file("five.sock");
	close_socket(other);
	expect_no_packets();
}
