/* PASS: a program that changes its user when it is root finds that it is not, whoever runs it. */
#include "wirecheck.h"

CASE(.proves = "no program believes that it is root without root's rights", .clause = "setuid(2)")
{
	struct program *server = start("becomes_nobody", "7000");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	expect_received(client, "hi");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_output(server, "not root\n");
	expect_sent(only_connection(7000), SERVER, "hi");
}
