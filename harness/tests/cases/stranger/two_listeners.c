/* PASS: of two sockets that listen on the port, the second has the room that is asked for. */
#include "wirecheck.h"

static void listen_at(const char *host, int backlog)
{
	struct endpoint *listener = open_socket(TCP);

	bind_socket(listener, host, 8898);
	listen_socket(listener, backlog);
}

CASE(.proves = "the backlog is that of the listener that was waited for", .clause = "none")
{
	listen_at("127.0.0.1", 100);
	listen_at("127.0.0.2", 8);
	expect_backlog(8898, 20);
	listen_at("127.0.0.3", 200);
	expect_backlog(8898, 120);
}
