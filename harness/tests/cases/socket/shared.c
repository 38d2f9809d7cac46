#include "../plain.h"
#include "wirecheck.h"

static struct endpoint *bind_shared(enum protocol protocol, uint16_t port, int option)
{
	struct endpoint *endpoint = open_socket(protocol);

	set_option(endpoint, SOL_SOCKET, option, 1);
	bind_socket(endpoint, "127.0.0.1", port);
	return endpoint;
}

CASE(.proves = "two sockets can have one port, and its backlog is short",
	.clause = "none: fails on purpose")
{
	bind_shared(UDP, 9000, SO_REUSEADDR);
	listen_socket(bind_shared(TCP, 8898, SO_REUSEPORT), 8);

	expect_unshared(UDP, 9000);
	expect_unshared(TCP, 8898);
	expect_unshared(TCP, 8899);
	expect_backlog(8898, 20);
	expect_backlog(8899, 20);
}
