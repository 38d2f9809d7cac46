/* PASS: a worker of a server is killed, and the server starts another one. */
#include "wirecheck.h"

CASE(.proves = "one process of a program is signalled", .clause = "verbs/signals.h, signal_child")
{
	struct program *server = start_tool("sh", "-c",
		"for i in 1 2; do sleep 99 & wait $!; echo worker $i: $?; done");
	signal_child(server, 1, SIGTERM);
	until_printed(server, "worker 1: 143\n");
	signal_child(server, 1, SIGKILL);
	until_printed(server, "worker 2: 137\n");
	expect_exit(server, 0);
}
