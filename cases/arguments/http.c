/*
 * A mistyped argument is told at once, by exit status 2: a program that guesses what was meant
 * talks to somebody else, or listens where nobody looks. PORT is digits alone; HOST an address, no
 * name.
 */
#include "refused.h"

CASE(.proves = "a bad address, a bad port and an argument too many get the usage",
	.clause = "inet_pton(3); the demos' contract")
{
	refuses_bad_addresses("http_hello_server");
	expect_no_packets();
}
