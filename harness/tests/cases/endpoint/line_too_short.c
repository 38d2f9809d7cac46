#include "wirecheck.h"

CASE(.proves = "a stream ends before the line that the case wants",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *served = accept_from(listener);
	send_text(served, "hello");
	shut_down(served, SHUT_WR);
	allow_other_traffic();
	receive_until(client, "\r\n");
}
