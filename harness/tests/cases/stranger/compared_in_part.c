/*
 * FAIL: the case compared only the first bytes of what the server sent.
 * says "no expectation looked at the 26 bytes that SERVER 127.0.0.1:7000 sent; expect_sent(conn, SERVER, ...) would"
 */
#include "wirecheck.h"

CASE(.proves = "what was drained is not looked at", .clause = "wirecheck.h, allow_other_traffic")
{
	struct program *server = start("letters_server", "26");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	expect_received(client, "abcdefghij");
	drain(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_closed(only_connection(7000));
}
