#include "wirecheck.h"

static void ask(struct endpoint *endpoint, const char *text)
{
	send_text_to(endpoint, "127.0.0.1", 9000, text);
	expect_receive_error(endpoint, ECONNREFUSED);
}

CASE(.proves = "the error queue has another error, or an error about another datagram",
	.clause = "none: fails on purpose")
{
	struct endpoint *asking = open_socket(UDP);
	set_option(asking, IPPROTO_IP, IP_RECVERR, 1);

	ask(asking, "anybody?");
	expect_queued_error(asking, EHOSTUNREACH, "127.0.0.1", 9000, "anybody?");
	ask(asking, "anybody?");
	expect_queued_error(asking, ECONNREFUSED, "127.0.0.2", 9001, "Anybody?");
	allow_other_traffic();
}
