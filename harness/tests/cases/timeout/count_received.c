#include "wirecheck.h"

CASE(.proves = "fewer datagrams are received or dropped within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	send_text(connect_to(UDP, "127.0.0.1", 9000), "hello");
	count_received(receiver, 2);
}
