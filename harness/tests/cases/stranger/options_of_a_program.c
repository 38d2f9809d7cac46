/* PASS: a program's sockets have the options that it set, in whichever of its processes. */
#include "wirecheck.h"

CASE(.proves = "a program's own sockets are asked", .clause = "verbs/program_options.h")
{
	struct program *server = start_tool("sh", "-c",
		"socat TCP-LISTEN:7000,bind=127.0.0.1,reuseaddr,fork,nodelay EXEC:cat; exit 0");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	expect_listener_option(server, TCP, 7000, SOL_SOCKET, SO_REUSEADDR, 1);
	expect_connected_option(server, TCP, 7000, IPPROTO_TCP, TCP_NODELAY, 1);
	close_socket(client);
	struct program *receiver = start_tool("socat", "-u", "UDP-RECV:7001,rcvbuf=4096", "-");
	until_listening(UDP, 7001);
	expect_listener_option(receiver, UDP, 7001, SOL_SOCKET, SO_RCVBUF, 8192);
	send_signal(receiver, SIGTERM);
	send_signal(server, SIGTERM);
	allow_traffic_on(7000);
}
