/* PASS: until_waiting waits for a daemon that computes, and the daemon has printed by then. */
#include "wirecheck.h"

CASE(.proves = "a daemon that computes before it answers is waited for", .clause = "POSIX setsid")
{
	struct program *server = start_tool("sh", "-c",
		"setsid sh -c 'socat TCP-LISTEN:7000,bind=127.0.0.1 SYSTEM:\"head -c2 >/dev/null; "
		"i=0; while [ \\$i -lt 100000 ]; do i=\\$((i+1)); done; echo done; cat\"' &");

	expect_exit(server, 0);
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	send_text(client, "go");
	until_waiting(server, SERVER, 7000);
	expect_received(client, "done\n");
	struct connection *conn = only_connection(7000);
	expect_sent(conn, CLIENT, "go");
	expect_sent(conn, SERVER, "done\n");
}
