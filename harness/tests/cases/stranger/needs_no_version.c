/*
 * BROKEN: the case asks for something that is not a version.
 * says ".least_linux: "5.10-rc1" is not a version such as 5.10"
 */
#include "wirecheck.h"

CASE(.proves = "nothing", .clause = "none", .least_linux = "5.10-rc1")
{
	expect(false, "never reached");
}
