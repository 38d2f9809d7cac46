/*
 * UDP has no connections, so there is nothing to wait for. The port is free as soon as the socket
 * is gone, whether the server ended or was killed, and no option is needed. A server that sets
 * SO_REUSEADDR all the same, as with TCP, lets others take its port (restart/udp_two_sockets).
 * While a server lives, a second one without the option is refused.
 */
#include "wirecheck.h"

CASE(.proves = "a UDP server binds its port again at once, without SO_REUSEADDR",
	.clause = "udp(7); ip(7) EADDRINUSE")
{
	struct program *first = start("udp_hello_server");
	until_listening(UDP, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "one");
	expect_received(client, "hi");
	expect_exit(first, 0);
	expect_output(first, "one\n");

	struct program *second = start("udp_hello_server");
	until_listening(UDP, 9000);
	expect_unshared(UDP, 9000);
	struct program *meanwhile = start("udp_hello_server");
	expect_exit(meanwhile, 1);
	expect_error(meanwhile, "Address already in use");
	send_signal(second, SIGKILL);
	expect_killed(second, SIGKILL);

	struct program *third = start("udp_hello_server");
	until_listening(UDP, 9000);
	send_text(client, "two");
	expect_received(client, "hi");
	expect_exit(third, 0);
	expect_output(third, "two\n");

	expect_datagrams(9000, from(CLIENT, "one"), from(SERVER, "hi"), from(CLIENT, "two"),
		from(SERVER, "hi"));
}
