/*
 * FAIL: a step that has ended is not in the text of a later failure.
 * says "    after"
 * says "client 1: within"
 * lacks "client 1: after"
 */
#include "wirecheck.h"

CASE(.proves = "a step ends", .clause = "none")
{
	step("client %d", 1);
	expect(false, "within");
	end_step();
	expect(false, "after");
}
