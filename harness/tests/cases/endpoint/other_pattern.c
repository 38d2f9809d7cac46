#include "wirecheck.h"

CASE(.proves = "what is received does not match, in a stream and in a datagram",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *served = accept_from(listener);
	send_text(served, "220 ready\r\n250 done\r\n");
	expect_received_matches(client, "220 *\r\n");
	expect_received_matches(client, "221 *\r\n");
	send_text(served, "250 half");
	shut_down(served, SHUT_WR);
	expect_received_matches(client, "250 *\r\n");

	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	send_bytes(sender, BYTES("id 17\0"));
	expect_received_matches(receiver, "id *7");
	allow_other_traffic();
}
