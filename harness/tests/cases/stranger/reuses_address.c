/*
 * FAIL: the server sets SO_REUSEADDR, so it listens while a connection is in TIME-WAIT.
 * says "expected leak_server to end and nobody to listen; found TCP 127.0.0.1:7000 of leak_server"
 * says "in LISTEN with SO_REUSEADDR"
 * says "SO_REUSEADDR lets a socket listen on a port on which connections are in TIME-WAIT"
 */
#include "wirecheck.h"

CASE(.proves = "a server cannot listen while a connection is in TIME-WAIT",
	.clause = "socket(7) SO_REUSEADDR")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	struct endpoint *server = accept_from(listener);

	set_option(server, SOL_SOCKET, SO_REUSEADDR, 1);
	shut_down(server, SHUT_WR);
	expect_end_of_stream(client);
	close_socket(client);
	close_socket(server);
	close_socket(listener);
	until_state(7000, TIME_WAIT);
	allow_other_traffic();
	until_given_up(start("leak_server"));
}
