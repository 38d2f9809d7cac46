#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "connections end in another way, or not at all", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	connect_to(TCP, "127.0.0.1", 8898);
	plain_accept(server);
	connect_to(TCP, "127.0.0.1", 8898);
	plain_reset(plain_accept(server));
	struct endpoint *closed = connect_to(TCP, "127.0.0.1", 8898);
	plain_close(plain_accept(server));
	expect_end_of_stream(closed);
	close_socket(closed);

	expect_reset(connection_of(8898, 1, 3), SERVER);
	expect_open(connection_of(8898, 2, 3));
	expect_reset(connection_of(8898, 2, 3), CLIENT);
	expect_no_reset(connection_of(8898, 2, 3));
	expect_open(connection_of(8898, 3, 3));
	expect_no_fin(connection_of(8898, 3, 3), CLIENT);
	expect_simultaneous_close(connection_of(8898, 1, 3));
	expect_simultaneous_close(connection_of(8898, 3, 3));
}
