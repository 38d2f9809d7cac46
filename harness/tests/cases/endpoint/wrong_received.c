#include "wirecheck.h"

CASE(.proves = "one recv receives something else", .clause = "none: fails on purpose")
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	send_text(sender, "hello, world");
	expect_truncated(receiver, "hello", 2000);
	send_text(sender, "hello, world");
	expect_truncated(receiver, "Hello", 12);
	send_text(sender, "hello");
	expect_received_flags(receiver, MSG_PEEK, "hullo");
	expect_received_bytes(receiver, bytes_of("hell"));
	expect_received_flags(open_socket(TCP), MSG_PEEK, "hello");
	allow_other_traffic();
}
