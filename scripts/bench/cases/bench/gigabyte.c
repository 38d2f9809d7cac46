/*
 * What a large transfer costs when it is captured and compared. It is no case of the catalogue and
 * proves what tcp/bulk does; it says on standard error how many seconds went by from the first byte
 * sent until the last one was found on the wire.
 */
#include "wirecheck.h"

#include <stdio.h>

#define MIB ((size_t)1 << 20)

CASE(.proves = "1 GiB arrives byte for byte, on the wire too", .clause = "RFC 9293 2.2, 3.7",
	.ring_mib = 4)
{
	struct bytes bytes = pattern(1024 * MIB), nothing = bytes_part(bytes, 0, 0);

	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	set_option(client, SOL_SOCKET, SO_SNDBUF, 1 * MIB);

	int64_t began = monotonic_now();
	exchange(client, bytes, server, nothing);
	struct connection *conn = only_connection(8898);
	expect_sent_bytes(conn, CLIENT, bytes);
	fprintf(stderr, "%.6f\n", (double)(monotonic_now() - began) / 1e9);
	expect_handshake(conn);
	expect_no_reset(conn);
}
