#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "no side closes, or only one side", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	connect_to(TCP, "127.0.0.1", 8898);
	int kept_open = plain_accept(server);
	connect_to(TCP, "127.0.0.1", 8898);
	int closed = plain_accept(server);
	plain_close(closed);

	struct connection *open = connection_of(8898, 1, 2);
	expect_closed(open);
	expect_closed_first(open, SERVER);
	expect_closed(connection_of(8898, 2, 2));
	(void)kept_open;
}
