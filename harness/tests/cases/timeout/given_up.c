#include "wirecheck.h"

CASE(.proves = "a program that cannot listen does not end either",
	.clause = "none: fails on purpose")
{
	until_given_up(start("udp_hello_server"));
}
