#include "wirecheck.h"

CASE(.proves = "a program's listening socket has another option",
	.clause = "none: fails on purpose")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	expect_listener_option(server, TCP, 8898, SOL_SOCKET, SO_KEEPALIVE, 0);
	expect_listener_option(server, TCP, 8898, SOL_SOCKET, SO_KEEPALIVE, 1);
}
