/* PASS: a server closes its listeners, of TCP and of UDP, and goes on with its connection. */
#include "wirecheck.h"

CASE(.proves = "nobody listens any more", .clause = "verbs/listening.h, until_not_listening")
{
	struct program *server = start_tool("sh", "-c",
		"socat UDP-LISTEN:7001,bind=127.0.0.1 - </dev/null & exec socat TCP-LISTEN:7000,bind=127.0.0.1 EXEC:cat");
	until_listening(TCP, 7000);
	until_listening(UDP, 7001);
	expect_bound_to(UDP, "127.0.0.1", 7001);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	until_not_listening(TCP, 7000);
	send_text(client, "still");
	expect_received(client, "still");
	close_socket(client);
	expect_exit(server, 0);
	send_signal(server, SIGTERM);
	expect_not_listening(UDP, 7001);
	expect_not_listening(TCP, 7000);
	expect_closed(only_connection(7000));
}
