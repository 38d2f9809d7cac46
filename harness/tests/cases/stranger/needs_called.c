/* PASS: a case that was written before needs were declared. */
#include "wirecheck.h"

CASE(.proves = "what it needs by verbs", .clause = "none")
{
	need_ipv6();
	need_unprivileged();
	need_family(AF_UNIX);
	need_protocol(UDP);
	expect_no_packets();
}
