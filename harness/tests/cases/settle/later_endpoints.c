#include "wirecheck.h"
#include "worker/context.h"

CASE(.proves = "what endpoints send is seen, even if they open after the wire was quiet",
	.clause = "none: passes")
{
	expect_no_connection(8898);
	for (int i = 1; i <= 50; i++) {
		struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
		struct endpoint *sender = bind_to(UDP, "127.0.0.1", 9001);
		send_text_to(sender, "127.0.0.1", 9000, "x");
		close_socket(sender);
		close_socket(receiver);
		expect_no_connection(8898);
		expect_within(context.wire.datagrams.count, i, i);
	}
	allow_other_traffic();
}
