/*
 * FAIL: the client still sends after the server has closed.
 * says "expected no RST, found one from SERVER: data came after it had closed (RFC 1122 4.2.2.13)"
 * lacks ", or "
 */
#include "wirecheck.h"

CASE(.proves = "the server reads until the client has ended", .clause = "RFC 9293 3.6")
{
	start("reset_server", "late");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	send_text(client, "h");
	expect_end_of_stream(client);
	send_text(client, "ello");
	expect_no_reset(only_connection(7000));
	allow_other_traffic();
}
