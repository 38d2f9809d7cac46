/*
 * An empty datagram is a request too: it has a sender and no bytes. It asks for the default format.
 * A server that takes 0 bytes for the end of something stops serving, or sends no answer.
 */
#include "wirecheck.h"

CASE(.proves = "an empty datagram is answered with the time in the default format",
	.clause = "RFC 768 (length 8); POSIX recvfrom, strftime")
{
	const char *const zone[] = {TIME_ZONE, "LC_ALL=C", NULL};
	struct program *server = start_with(LAUNCH(.environment = zone), "udp_time_server");
	until_listening(UDP, 9000);
	expect_bound_to(UDP, "127.0.0.1", 9000);

	/* The server sets SO_REUSEADDR: another socket with it may bind the port meanwhile. */
	struct endpoint *beside = open_socket(UDP);
	set_option(beside, SOL_SOCKET, SO_REUSEADDR, 1);
	bind_socket(beside, "127.0.0.1", 9000);
	close_socket(beside);

	time_t before = wall_clock();
	struct program *client = start_on_terminal("udp_time_client");
	until_printed(client, "Please enter a time format (for example %Y %m %d): ");
	type_line(client, "");
	until_printed(client, "Please enter a time format (for example %Y %m %d): ");
	end_input(client);
	expect_exit(client, 0);

	expect_time(datagram_of(9000, 2), "%Y-%m-%d %X", before);
	expect_datagrams(9000, from(CLIENT, ""));
	send_signal(server, SIGINT);
	expect_exit(server, 0);
	expect_output(server, "===> \n");
}
