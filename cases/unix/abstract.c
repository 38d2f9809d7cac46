/*
 * Linux has names for AF_UNIX sockets that are no files: a path that begins with a NUL byte. They
 * go away with the socket, so that no stale name blocks a restart; and no file's permissions guard
 * them, so that anybody in the same network namespace may connect.
 */
#include "wirecheck.h"

CASE(.proves = "a name without a file serves, and is free again with the socket",
	.clause = "unix(7) abstract")
{
	struct endpoint *listener = listen_at_path("@wirecheck");
	until_bound("@wirecheck");
	expect_no_file("@wirecheck");

	struct endpoint *client = connect_to_path(SOCK_STREAM, "@wirecheck", NULL);
	struct endpoint *server = accept_from(listener);
	send_text(client, "hello");
	expect_received(server, "hello");
	send_text(server, "hi");
	close_socket(server);
	expect_received(client, "hi");
	expect_end_of_stream(client);

	close_socket(listener);
	struct endpoint *second = listen_at_path("@wirecheck");
	close_socket(second);
	expect_no_packets();
}
