/* PASS: the first process has ended, and its daemon can still be waited for, held and signalled. */
#include "wirecheck.h"

CASE(.proves = "a daemon serves, and can be stopped", .clause = "daemon(3)")
{
	struct program *server = start("daemon_server");

	expect_exit(server, 0);
	until_listening(TCP, 7000);
	until_waiting(server, SERVER, 7000);
	hold(server);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	expect_nothing_received(client);
	release(server);
	expect_received(client, "hi");
	expect_end_of_stream(client);
	close_socket(client);
	struct connection *conn = only_connection(7000);
	expect_sent(conn, SERVER, "hi");
	expect_closed(conn);
	send_signal(server, SIGTERM);
	expect_no_state(7000, LISTEN);
}
