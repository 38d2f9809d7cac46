#include "wirecheck.h"

CASE(.proves = "fewer connections wait to be accepted within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	connect_to(TCP, "127.0.0.1", 8898);
	until_queued(listener, 2);
}
