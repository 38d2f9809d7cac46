/* PASS: with TCP Fast Open a client sends nothing before it has data; the wire is at rest. */
#include "wirecheck.h"

CASE(.proves = "connect(2) with TCP_FASTOPEN_CONNECT puts the SYN off until the first send(2)",
	.clause = "RFC 7413 4.2; tcp(7)")
{
	set_sysctl("net.ipv4.tcp_fastopen", "1543"); /* needs no cookie */
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = open_socket(TCP);

	set_option(client, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1);
	connect_socket(client, "127.0.0.1", 7000);
	expect_no_connection(7000);
	expect_nothing_to_accept(listener);
	close_socket(client);
	expect_no_packets();
}
