/*
 * A PATH is one argument and not empty: an empty one would ask the kernel for a name of its own,
 * and nobody would find the server.
 */
#include "refused.h"

CASE(.proves = "no path, an empty one and one too many get the usage",
	.clause = "unix(7) autobind; the demos' contract")
{
	static const char *const programs[] = {"unix_hello_server", "unix_hello_client",
		"unix_datagram_server", "unix_datagram_client"};

	for (size_t p = 0; p < sizeof programs / sizeof *programs; p++) {
		refused(programs[p]);
		refused(programs[p], "");
		refused(programs[p], "a.sock", "b.sock");
	}
	expect_no_packets();
}
