/*
 * PASS: bytes with NULs are written in place, and as they are in C, wherever a verb takes bytes.
 * A compound literal has a comma, and splits no verb's arguments.
 */
#include "wirecheck.h"

static const struct message table[] = {
	{.from = CLIENT, .payload = STATIC_BYTES("a\0b")},
	{.from = SERVER, .payload = STATIC_BYTES("" "c\0" "d")},
};

CASE(.proves = "bytes with NULs cross the wire and are compared", .clause = "base/bytes.h, BYTES")
{
	static const unsigned char raw[] = {0, 1, 0};
	struct endpoint *server = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *client = bind_to(UDP, "127.0.0.1", 9001);
	send_bytes_to(client, "127.0.0.1", 9000, BYTES("a\0b"));
	expect_received_bytes(server, BYTES("a\0b"));
	send_bytes_to(server, "127.0.0.1", 9001, (struct bytes){raw, 3});
	expect_received_bytes(client, (struct bytes){raw, 3});
	expect_datagrams(9000, from_bytes(CLIENT, BYTES("a\0b")),
		from_bytes(SERVER, (struct bytes){raw, 3}));
	expect_bytes(payload_of(datagram_of(9000, 2)), (struct bytes){raw, 3});

	send_bytes_to(server, "127.0.0.1", 9001, BYTES("c\0d"));
	send_bytes_to(client, "127.0.0.1", 9000, BYTES("a\0b"));
	expect_bytes(receive_datagram(client), BYTES("c\0d"));
	expect_bytes(receive_datagram(server), BYTES("a\0b"));
	expect_datagrams_unordered(9000, table, 2);
	expect(BYTES("").length == 0 && BYTES("\0").length == 1, "found other lengths");
}
