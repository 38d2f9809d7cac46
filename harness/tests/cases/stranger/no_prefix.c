/*
 * BROKEN: the case names a route that is none.
 * says "198.51.100.0/33 is longer than an address"
 */
#include "wirecheck.h"

CASE(.proves = "a prefix that is none is told", .clause = "RFC 4632 3.1")
{
	add_route("198.51.100.0/33");
}
