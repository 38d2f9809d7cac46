#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "calls fail for another reason than expected", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	struct endpoint *connected = connect_to(TCP, "127.0.0.1", 8898);

	expect_bind_error(open_socket(TCP), "127.0.0.1", 8898, EACCES);
	expect_listen_error(connected, EADDRINUSE);
	expect_connect_error(open_socket(TCP), "127.0.0.1", 8899, ETIMEDOUT);
	expect_send_error(open_socket(UDP), bytes_of("hello"), EMSGSIZE);
	expect_receive_error(open_socket(TCP), ECONNRESET);
	expect_nothing_received(open_socket(TCP));
	expect_connected(connected);
	struct endpoint *refused = open_socket(TCP);
	begin_connect(refused, "127.0.0.1", 8899);
	expect_connected(refused);
	expect_option(connected, SOL_SOCKET, -1, 0);
	allow_other_traffic();
}
