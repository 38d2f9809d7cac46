/*
 * BROKEN: a number that is no side.
 * says "side_unknown.c:14: expect_sent(only_connection(7000), (enum side)7, "hi")"
 * says "7 is no side: CLIENT or SERVER"
 */
#include "wirecheck.h"

CASE(.proves = "what is no side is not looked for", .clause = "none")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);

	connect_to(TCP, "127.0.0.1", 7000);
	accept_from(listener);
	expect_sent(only_connection(7000), (enum side)7, "hi");
}
