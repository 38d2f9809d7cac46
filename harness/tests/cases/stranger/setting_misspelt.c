/*
 * BROKEN: the case is wrong: no machine has such a setting.
 * says "no setting net.ipv4.tcp_fastopn in this sandbox, which has net.ipv4.tcp_fastopen: is it misspelt?"
 */
#include "wirecheck.h"

CASE(.proves = "a setting that no kernel has", .clause = "sysctl(8)")
{
	set_sysctl("net.ipv4.tcp_fastopn", "3");
}
