#include "wirecheck.h"

CASE(.proves = "a program's socket has another option, or there is no such socket",
	.clause = "none: fails on purpose")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);

	expect_listener_option(server, TCP, 8898, SOL_SOCKET, SO_KEEPALIVE, 0);
	expect_listener_option(server, TCP, 8898, SOL_SOCKET, SO_KEEPALIVE, 1);
	expect_listener_option(server, UDP, 8898, SOL_SOCKET, SO_BROADCAST, 1);
	expect_connected_option(server, TCP, 8898, IPPROTO_TCP, TCP_NODELAY, 1);
	send_signal(server, SIGTERM);
}
