#include "wirecheck.h"

CASE(.proves = "bytes are not acknowledged within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	drop_incoming(accept_from(listener));
	send_text(client, "hello");
	until_acknowledged(client);
}
