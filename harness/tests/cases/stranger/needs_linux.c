/* SKIP: the kernel is older than the case asks for. */
#include "wirecheck.h"

CASE(.proves = "nothing on a kernel of today", .clause = "none", .least_linux = "99.0")
{
	expect(false, "never reached");
}
