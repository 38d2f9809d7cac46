#include "wirecheck.h"

CASE(.proves = "what matches does not come within the limit of a wait",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(accept_from(listener), "220 ready");
	expect_received_matches(client, "220 *\r\n");
	allow_other_traffic();
	receive_all(client);
}
