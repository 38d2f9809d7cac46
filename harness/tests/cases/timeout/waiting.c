#include "wirecheck.h"

CASE(.proves = "a client never waits for its server", .clause = "none: fails on purpose")
{
	until_waiting(start("udp_hello_server", "127.0.0.1", "9001"), CLIENT, 9000);
}
