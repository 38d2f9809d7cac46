/*
 * FAIL: the port is listened on, but by another program.
 * says "expected a TCP socket of sleep listening on port 7000; found TCP 127.0.0.1:7000 of socat "
 */
#include "wirecheck.h"

CASE(.proves = "another program's socket is not this one's", .clause = "verbs/program_options.h")
{
	struct program *server = start_tool("socat", "TCP-LISTEN:7000,bind=127.0.0.1", "EXEC:cat");
	struct program *other = start_tool("sleep", "99");
	until_listening(TCP, 7000);
	expect_listener_option(other, TCP, 7000, SOL_SOCKET, SO_REUSEADDR, 0);
	send_signal(server, SIGTERM);
	send_signal(other, SIGTERM);
}
