/* A connection whose sides have different addresses, and datagrams whose sides share one. */
#include "wirecheck.h"

CASE(.proves = "the sides are named by address", .clause = "none", .needs_ipv6 = true)
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = open_socket(TCP);

	bind_socket(client, "127.0.0.2", 0);
	connect_socket(client, "127.0.0.1", 7000);
	expect_handshake(only_connection(7000));
	close_socket(listener);

	struct endpoint *receiver = bind_to(UDP, "::1", 7001);
	send_text(connect_to(UDP, "::1", 7001), "x");
	expect_received(receiver, "x");
	expect_datagrams(7001, from(CLIENT, "x"));
	struct endpoint *group = bind_to(UDP, "0.0.0.0", 7002);
	join_group(group, "239.1.1.1");
	struct endpoint *speaker = bind_to(UDP, "192.0.2.1", 0);
	send_text_to(speaker, "239.1.1.1", 7002, "all");
	expect_received(group, "all");
	expect_datagrams(7002, from(CLIENT, "all"));
}
