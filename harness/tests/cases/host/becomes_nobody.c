/* Root starts a server. It gives a file to the user nobody, and goes on as that user. */
#include "wirecheck.h"

CASE(.proves = "a program that needs other users has those that the machine allows",
	.clause = "setuid(2); chown(2); initgroups(3)")
{
	struct program *server = start_with(LAUNCH(.as_root = true), "becomes_nobody", "7000");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	expect_received(client, "hi");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_output(server, "root, then 65534\n");
	expect_sent(only_connection(7000), SERVER, "hi");
}
