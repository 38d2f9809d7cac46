/*
 * BROKEN: a value that the setting does not take.
 * says "net.ipv4.tcp_fastopen does not take \"a lot\": Invalid argument"
 */
#include "wirecheck.h"

CASE(.proves = "a value that is no number", .clause = "sysctl(8)")
{
	set_sysctl("net.ipv4.tcp_fastopen", "a lot");
}
