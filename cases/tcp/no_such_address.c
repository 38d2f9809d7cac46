/*
 * A server is started with an address that this machine does not have, because of a typing error,
 * or because an interface is not up yet. It must report that. A server that falls back to all
 * addresses is open to everybody.
 */
#include "wirecheck.h"

CASE(.proves = "an address that is not this machine's cannot be bound",
	.clause = "ip(7) EADDRNOTAVAIL")
{
	static const char *const programs[] = {"tcp_hello_server", "udp_hello_server"};

	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
		struct program *server = start(programs[i], "9.9.9.9", "8898");
		expect_exit(server, 1);
		expect_error(server, "Cannot assign requested address");
		expect_output(server, "");
	}
	expect_no_packets();
}
