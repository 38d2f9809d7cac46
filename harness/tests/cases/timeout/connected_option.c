#include "wirecheck.h"

CASE(.proves = "a program has no connection of which an option is asked for",
	.clause = "none: fails on purpose")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	expect_connected_option(server, TCP, 8898, IPPROTO_TCP, TCP_NODELAY, 1);
}
