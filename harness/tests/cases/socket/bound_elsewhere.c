#include "wirecheck.h"

CASE(.proves = "a socket has another address, or there is no socket",
	.clause = "none: fails on purpose")
{
	listen_on("0.0.0.0", 8898);
	bind_to(UDP, "127.0.0.2", 9000);

	expect_bound_to(TCP, "127.0.0.1", 8898);
	expect_bound_to(UDP, "127.0.0.1", 9000);
	expect_bound_to(TCP, "127.0.0.1", 8899);
	expect_bound_to_all(UDP, 9000, "127.0.0.1", "127.0.0.2");
}
