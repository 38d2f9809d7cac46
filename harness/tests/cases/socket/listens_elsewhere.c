#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket listens on an address that programs seldom take",
	.clause = "none: fails on purpose")
{
	listen_on("127.0.0.2", 8898);
	until_listening(TCP, 8898);
	expect_state(8898, LISTEN);
	expect_no_state(8898, LISTEN);
}
