#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "calls succeed that should fail", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *socket = open_socket(TCP);

	expect_bind_error(socket, "127.0.0.1", 8899, EADDRINUSE);
	expect_listen_error(socket, EADDRINUSE);
	struct endpoint *client = open_socket(TCP);
	expect_connect_error(client, "127.0.0.1", 8898, ECONNREFUSED);
	expect_send_error(client, bytes_of("hello"), EPIPE);
	expect_option(client, SOL_SOCKET, SO_KEEPALIVE, 1);
	int peer = plain_accept(server);
	plain_send(peer, "hi");
	expect_receive_error(client, ECONNRESET);
	plain_check(shutdown(peer, SHUT_WR));
	expect_receive_error(client, ECONNRESET);
	allow_other_traffic();
}
