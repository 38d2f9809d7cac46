/*
 * BROKEN: the harness does not know which sockets the family has.
 * says ".needs_family: the harness does not know the family 9999"
 */
#include "wirecheck.h"

CASE(.proves = "nothing", .clause = "none", .needs_family = 9999)
{
	expect(false, "never reached");
}
