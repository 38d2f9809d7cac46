/* SKIP: other kernels may have this setting. */
#include "wirecheck.h"

CASE(.proves = "a setting that this kernel does not have", .clause = "sysctl(8)")
{
	set_sysctl("net.ipv4.of_another_kernel", "1");
}
