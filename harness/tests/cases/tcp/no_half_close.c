#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a half-close lacks its first FIN, the data after it, or the other FIN",
	.clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	connect_to(TCP, "127.0.0.1", 8898);
	plain_accept(server);
	shut_down(connect_to(TCP, "127.0.0.1", 8898), SHUT_WR);
	plain_accept(server);
	shut_down(connect_to(TCP, "127.0.0.1", 8898), SHUT_WR);
	plain_send(plain_accept(server), "hi");

	for (size_t i = 1; i <= 3; i++)
		expect_half_close(connection_of(8898, i, 3), CLIENT);
	expect_sent(connection_of(8898, 3, 3), SERVER, "hi");
}
