#include "wirecheck.h"

CASE(.proves = "somebody still listens", .clause = "none: fails on purpose")
{
	listen_on("127.0.0.1", 8898);
	bind_to(UDP, "127.0.0.1", 9000);

	expect_not_listening(TCP, 8899);
	expect_not_listening(TCP, 8898);
	expect_not_listening(UDP, 9000);
}
