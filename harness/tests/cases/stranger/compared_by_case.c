/* PASS: the case received all that the server sent, and compared it. */
#include "wirecheck.h"

CASE(.proves = "what expect_received compared is looked at", .clause = "wirecheck.h, allow_other_traffic")
{
	struct program *server = start("letters_server", "26");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	expect_received(client, "abcdefghij");
	expect_received(client, "klmnopqrstuvwxyz");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_closed(only_connection(7000));
}
