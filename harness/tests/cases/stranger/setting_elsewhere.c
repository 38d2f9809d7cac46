/*
 * BROKEN: a setting that is not one of the network does not belong to the sandbox.
 * says "kernel.hostname is not the name of a setting such as net.ipv4.tcp_fastopen"
 */
#include "wirecheck.h"

CASE(.proves = "a setting of the whole machine", .clause = "sysctl(8)")
{
	set_sysctl("kernel.hostname", "nobody");
}
