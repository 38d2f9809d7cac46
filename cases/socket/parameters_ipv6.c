/*
 * This is socket/parameters for AF_INET6. It is a case of its own, because a machine may have no
 * IPv6.
 */
#include "wirecheck.h"

CASE(.proves = "AF_INET6 sockets are made as asked or get their error",
	.clause = "POSIX socket; ipv6(7); RFC 3493 3.1", .needs_ipv6 = true,
	.needs_unprivileged = true)
{
	struct program *stream = start("socket_parameters", "AF_INET6", "SOCK_STREAM");
	expect_exit(stream, 0);
	expect_output(stream, "AF_INET6 SOCK_STREAM IPPROTO_TCP\n");

	struct program *datagram =
		start("socket_parameters", "AF_INET6", "SOCK_DGRAM", "IPPROTO_UDP");
	expect_exit(datagram, 0);
	expect_output(datagram, "AF_INET6 SOCK_DGRAM IPPROTO_UDP\n");

	struct program *mixed = start("socket_parameters", "AF_INET6", "SOCK_DGRAM", "IPPROTO_TCP");
	expect_exit(mixed, 1);
	expect_error(mixed, "Protocol not supported");

	struct program *raw = start("socket_parameters", "AF_INET6", "SOCK_RAW", "IPPROTO_ICMPV6");
	expect_exit(raw, 1);
	expect_error(raw, "Operation not permitted");
}
