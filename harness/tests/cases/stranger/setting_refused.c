/*
 * BROKEN: the setting does not take this value, although its beginning is a valid one.
 * says "net.ipv4.tcp_fastopen does not take "3 of them": Invalid argument"
 */
#include "wirecheck.h"

CASE(.proves = "a value that is more than a number", .clause = "sysctl(8)")
{
	set_sysctl("net.ipv4.tcp_fastopen", "3 of them");
}
