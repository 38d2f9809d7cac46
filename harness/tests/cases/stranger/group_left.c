/* PASS: a program has left its process group and its child has not: both are held and signalled. */
#include "wirecheck.h"

CASE(.proves = "a signal reaches both process groups of a program", .clause = "POSIX setpgid")
{
	struct program *server = start("group_server");

	until_listening(TCP, 7000);
	until_listening(TCP, 7001);
	hold(server);
	struct endpoint *parents = connect_to(TCP, "127.0.0.1", 7000);
	struct endpoint *childs = connect_to(TCP, "127.0.0.1", 7001);
	send_text(parents, "a");
	send_text(childs, "b");
	until_acknowledged(parents);
	until_acknowledged(childs);
	expect_nothing_received(parents);
	expect_nothing_received(childs);
	release(server);
	expect_received(parents, "a");
	expect_received(childs, "b");
	send_signal(server, SIGTERM);
	expect_killed(server, SIGTERM);
	expect_no_state(7000, LISTEN);
	expect_no_state(7001, LISTEN);
	expect_sent(only_connection(7000), SERVER, "a");
	expect_sent(only_connection(7001), SERVER, "b");
	allow_other_traffic();
}
