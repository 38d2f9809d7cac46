/* PASS: only the listening process is killed, and its child goes on serving. */
#include "wirecheck.h"

CASE(.proves = "a child goes on serving its client when the process that listens is killed",
	.clause = "POSIX kill")
{
	struct program *server = start("forking_server");

	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	send_text(client, "one\n");
	expect_received(client, "one\n");
	signal_process(server, SIGKILL);
	expect_killed(server, SIGKILL);
	send_text(client, "two\n");
	expect_received(client, "two\n");
	close_socket(client);
	struct connection *conn = only_connection(7000);
	expect_sent(conn, CLIENT, "one\ntwo\n");
	expect_sent(conn, SERVER, "one\ntwo\n");
	expect_closed(conn);
}
