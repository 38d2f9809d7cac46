/*
 * On Linux an AF_UNIX socket may have a name that is not a file: a path that begins with a NUL
 * byte, written "@" here. Such a name goes away with its socket, so no stale name prevents a
 * restart. But no file permissions guard it, so anybody in the same network namespace may connect.
 */
#include "wirecheck.h"

CASE(.proves = "a name without a file works, and is free again when its socket is closed",
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
