/*
 * BROKEN: the case names a route with an impossible prefix.
 * says "198.51.100.0/33 is longer than an address"
 */
#include "wirecheck.h"

CASE(.proves = "an impossible prefix is reported", .clause = "RFC 4632 3.1")
{
	add_route("198.51.100.0/33");
}
