/*
 * This is what TCP is for. 64 MiB each way at the same time arrive complete, in order and
 * unchanged, however they were cut into segments. The case compares the bytes twice: as they came
 * out of the sockets, and as they were on the wire. A program that writes everything before it
 * reads would wait for ever here, once the buffers of both sides are full.
 *
 * The send buffers are limited, so that the capture has room for everything that can be on its way
 * at once.
 */
#include "wirecheck.h"

#define MIB ((size_t)1 << 20)

CASE(.proves = "64 MiB each way at once arrive byte for byte: reliable, in order, full duplex",
	.clause = "RFC 9293 2.2, 3.7", .ring_mib = 32)
{
	struct bytes bytes = pattern(65 * MIB);
	struct bytes up = bytes_part(bytes, 0, 64 * MIB), down = bytes_part(bytes, MIB, 64 * MIB);

	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	set_option(client, SOL_SOCKET, SO_SNDBUF, 1 * MIB);
	set_option(server, SOL_SOCKET, SO_SNDBUF, 1 * MIB);
	exchange(client, up, server, down);
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(8898);
	expect_handshake(conn);
	expect_sent_bytes(conn, CLIENT, up);
	expect_sent_bytes(conn, SERVER, down);
	expect_closed(conn);
	expect_no_reset(conn);
}
