/*
 * FAIL: the server closes with SO_LINGER 0.
 * says "expected no RST, found one from SERVER: it closed with SO_LINGER 0 (socket(7); TcpExt TCPAbortOnData grew by 1)"
 * lacks ", or "
 */
#include "wirecheck.h"

CASE(.proves = "the server closes in order", .clause = "RFC 9293 3.6")
{
	start("reset_server", "linger");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	send_text(client, "h");
	expect_receive_error(client, ECONNRESET);
	expect_no_reset(only_connection(7000));
	allow_other_traffic();
}
