/* PASS: a server of datagrams is bound to two addresses, of which the second comes later. */
#include "wirecheck.h"

CASE(.proves = "each address of a UDP port is waited for", .clause = "verbs/binding.h",
	.needs_ipv6 = true)
{
	struct program *server = start_tool("sh", "-c",
		"socat -u UDP4-RECV:7000,bind=127.0.0.1 - & sleep 0.05; "
		"exec socat -u UDP6-RECV:7000,bind=[::1],ipv6only -");

	until_listening_at(UDP, "127.0.0.1", 7000);
	until_listening_at(UDP, "::1", 7000);
	expect_bound_to_all(UDP, 7000, "127.0.0.1", "::1");
	send_signal(server, SIGTERM);
	expect_not_listening(UDP, 7000);
}
