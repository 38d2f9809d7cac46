/* PASS: TIME-WAIT has room for as many connections as on a host. */
#include "wirecheck.h"

CASE(.proves = "300 connections in TIME-WAIT are fewer than there is room for",
	.clause = "RFC 9293 3.6; ip-sysctl tcp_max_tw_buckets")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);

	for (int i = 0; i < 300; i++) {
		struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
		struct endpoint *server = accept_from(listener);
		close_socket(client);
		expect_end_of_stream(server);
		close_socket(server);
	}
	expect_counter("TcpExt", "TCPTimeWaitOverflow", 0);
	allow_other_traffic();
}
