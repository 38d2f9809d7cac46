/*
 * BROKEN: what is no setting of the network is none of the sandbox's.
 * says "kernel.hostname is not the name of a setting such as net.ipv4.tcp_fastopen"
 */
#include "wirecheck.h"

CASE(.proves = "a setting of the whole machine", .clause = "sysctl(8)")
{
	set_sysctl("kernel.hostname", "nobody");
}
