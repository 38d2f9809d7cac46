/*
 * FAIL: the server ends without accepting its client.
 * says "expected no RST, found one from SERVER: its listening socket was closed before it had accepted the connection, or "
 */
#include "wirecheck.h"

CASE(.proves = "the server accepts a client that its kernel has answered", .clause = "POSIX listen")
{
	struct program *server = start("reset_server", "unaccepted");

	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	send_text(client, "hello");
	end_input(server);
	expect_exit(server, 0);
	expect_no_reset(only_connection(7000));
	allow_other_traffic();
}
