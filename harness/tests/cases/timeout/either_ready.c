#include "wirecheck.h"

CASE(.proves = "nothing comes to either of two sockets within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	until_either_ready(listener, receiver);
}
