/*
 * BROKEN: the number of IP's, where one of the harness's is meant.
 * says "6 is no protocol: TCP, UDP or UDPLITE"
 */
#include "wirecheck.h"

CASE(.proves = "what is no protocol is not waited for", .clause = "none")
{
	until_listening((enum protocol)IPPROTO_TCP, 7000);
}
