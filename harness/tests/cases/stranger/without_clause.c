/*
 * FAIL: a case that stands on no rule.
 * says "stranger/without_clause"
 * lacks "null"
 * lacks "  clause"
 */
#include "wirecheck.h"

CASE(.name = "without_clause")
{
	expect(1 > 2, "arithmetic");
}
