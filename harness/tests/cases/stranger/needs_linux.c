/* SKIP: the case needs a newer kernel than this one. */
#include "wirecheck.h"

CASE(.proves = "nothing on a kernel that exists today", .clause = "none", .least_linux = "99.0")
{
	expect(false, "never reached");
}
