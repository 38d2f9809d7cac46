/*
 * What a large transfer costs when it is captured and compared. It is no case of the catalogue and
 * proves what tcp/bulk does; it says on standard error how many seconds went by from the first byte
 * sent until all of it was in the capture, and until all of it was compared.
 */
#define _POSIX_C_SOURCE 200809L /* clock_gettime(2) */
#include "wirecheck.h"

#include <stdio.h>
#include <time.h>

#define MIB ((size_t)1 << 20)

/* Seconds on the monotonic clock. */
static double now(void)
{
	struct timespec time;

	if (clock_gettime(CLOCK_MONOTONIC, &time) != 0)
		return 0; /* Linux has this clock */
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The client's kernel holds 2 MiB at most, so that much comes at once between two readings. */
CASE(.proves = "1 GiB arrives byte for byte, on the wire too", .clause = "RFC 9293 2.2, 3.7",
	.ring_mib = 4)
{
	struct bytes bytes = pattern(1024 * MIB), nothing = bytes_part(bytes, 0, 0);

	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	set_option(client, SOL_SOCKET, SO_SNDBUF, 1 * MIB);

	double began = now();
	exchange(client, bytes, server, nothing);
	struct connection *conn = only_connection(8898);
	double captured = now();
	expect_sent_bytes(conn, CLIENT, bytes);
	double compared = now();
	fprintf(stderr, "%.6f %.6f\n", captured - began, compared - began);
	expect_handshake(conn);
	expect_no_reset(conn);
}
