/*
 * BROKEN: a protocol that there is none of.
 * says ".needs_protocol: 17 is no protocol: TCP, UDP or UDPLITE"
 */
#include "wirecheck.h"

CASE(.proves = "nothing", .clause = "none", .needs_protocol = (enum protocol)IPPROTO_UDP)
{
	expect(false, "never reached");
}
