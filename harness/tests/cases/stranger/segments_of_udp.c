/* PASS: one call that sends with UDP_SEGMENT sends several datagrams, as a receiver sees them. */
#include "wirecheck.h"

static void expect_three(const char *port_text, uint16_t port, const char *host, const char *how)
{
	struct endpoint *receiver = bind_to(UDP, host, port);
	struct program *sender =
		start("segment_sender", host, port_text, "1000", letters(2500), how);
	const char *all = letters(2500);
	const char *first = format("%.1000s", all), *second = format("%.1000s", all + 1000);

	expect_exit(sender, 0);
	expect_received(receiver, first);
	expect_received(receiver, second);
	expect_received(receiver, all + 2000);
	expect_nothing_received(receiver);
	expect_datagrams(port, from(CLIENT, first), from(CLIENT, second), from(CLIENT, all + 2000));
}

CASE(.proves = "2500 bytes sent at once are two datagrams of 1000 bytes and one of 500",
	.clause = "udp(7) UDP_SEGMENT",
	.needs_ipv6 = true)
{
	expect_three("7000", 7000, "127.0.0.1", "option");
	expect_three("7001", 7001, "127.0.0.1", "message");
	expect_three("7002", 7002, "127.0.0.1", "corked");
	expect_three("7003", 7003, "::1", "option");
	expect_three("7004", 7004, "::1", "message");
	expect_three("7005", 7005, "::1", "corked");
	expect_counter("Udp", "InDatagrams", 9);
}
