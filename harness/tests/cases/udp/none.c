#include "wirecheck.h"

CASE(.proves = "no datagram at all", .clause = "none: fails on purpose")
{
	expect_datagrams(9000, from(CLIENT, "hello"));
}
