#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "counters have grown by something else", .clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	connect_to(TCP, "127.0.0.1", 8898);

	expect_counter("Tcp", "ActiveOpens", 2);
	expect_counter("TcpExt", "ListenOverflows", 1);
	expect_within(counter("Tcp", "ActiveOpens"), 2, 5);
	allow_other_traffic();
}
