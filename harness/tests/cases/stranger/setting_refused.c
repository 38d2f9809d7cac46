/*
 * BROKEN: a value that the setting does not take, though it begins with one that it would.
 * says "net.ipv4.tcp_fastopen does not take "3 of them": Invalid argument"
 */
#include "wirecheck.h"

CASE(.proves = "a value that is no number alone", .clause = "sysctl(8)")
{
	set_sysctl("net.ipv4.tcp_fastopen", "3 of them");
}
