/* PASS: what the case received into variables counts as looked at, however it came. */
#include <string.h>

#include "wirecheck.h"

CASE(.proves = "lines, bytes and the rest of a stream are received into variables",
	.clause = "verbs/received_bytes.h")
{
	struct program *server = start_tool("socat", "TCP-LISTEN:7000,bind=127.0.0.1",
		"SYSTEM:'printf \"220 a\\r\\n250 \"; sleep 0.1; printf \"b\\r\\n0123456789 the rest\"'");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	expect_bytes(receive_until(client, "\r\n"), BYTES("220 a\r\n"));
	expect_received_matches(client, "250 *\r\n");
	struct bytes digits = receive_bytes(client, 10);
	expect_bytes(digits, BYTES("0123456789"));
	expect(strlen(text_of(digits)) == 10, "found a text of %zu bytes", strlen(text_of(digits)));
	expect_matches(receive_all(client), " * rest");
	expect_bytes(receive_all(client), BYTES(""));
	close_socket(client);
	expect_exit(server, 0);
	expect_closed(only_connection(7000));
}
