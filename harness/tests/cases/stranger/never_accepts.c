/*
 * FAIL: a server with a backlog of 1 never accepts, so the third of five clients waits for ever.
 * says "bash: expected to end, still running after 5 s"
 * lacks "did not come to rest"
 */
#include "wirecheck.h"

CASE(.proves = "a wire on which a connection waits to be accepted is as settled as it will be",
	.clause = "listen(2)")
{
	struct endpoint *listener = open_socket(TCP);

	bind_socket(listener, "127.0.0.1", 7000);
	listen_socket(listener, 1);
	struct program *clients = start_tool("bash", "-c",
		"for i in 1 2 3 4 5; do exec {descriptor}<>/dev/tcp/127.0.0.1/7000; done");
	expect_exit(clients, 0);
	allow_other_traffic();
}
