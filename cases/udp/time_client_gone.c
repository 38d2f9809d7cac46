/*
 * This is udp/chat_client_gone for the time server, which no person watches: a client does not wait
 * for its answer. A service that ends with "Connection refused" because one client left is found
 * dead the next morning.
 */
#include "wirecheck.h"

CASE(.proves = "a client that left before its answer does not end the service",
	.clause = "RFC 1122 4.1.3.3; udp(7) ECONNREFUSED")
{
	struct program *server = start("udp_time_server");
	until_listening(UDP, 9000);
	hold(server);
	struct endpoint *gone = connect_to(UDP, "127.0.0.1", 9000);
	uint16_t gone_port = local_port(gone);
	send_text(gone, "one");
	close_socket(gone);
	release(server);
	until_counter("Icmp", "InDestUnreachs", 1);
	expect_icmp(gone_port, 3, 3);

	struct endpoint *next = connect_to(UDP, "127.0.0.1", 9000);
	send_text(next, "two");
	expect_received(next, "two");
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
	expect_output(server, "===> one\n===> two\n");
	expect_datagrams(9000, from(CLIENT, "one"), from(SERVER, "one"), from(CLIENT, "two"),
		from(SERVER, "two"));
}
