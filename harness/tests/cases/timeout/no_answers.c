#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket receives neither data nor errors within the limit of a wait",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	struct endpoint *client = open_socket(UDP);
	set_option(client, IPPROTO_IP, IP_RECVERR, 1);
	connect_socket(client, "127.0.0.1", 9000);
	send_text(client, "hello");
	expect_queued_error(client, ECONNREFUSED, "127.0.0.1", 9000, "hello");
	expect_receive_error(client, ECONNREFUSED);
	expect_datagrams(9000, from(CLIENT, "hello"));
}
