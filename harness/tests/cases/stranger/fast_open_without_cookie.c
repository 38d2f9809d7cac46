/* PASS: a SYN with data begins one connection, and its data are the first bytes. */
#include "wirecheck.h"

static void expect_fast_open(const char *host, struct endpoint *client, uint16_t port)
{
	struct endpoint *listener = listen_on(host, port);

	set_option(client, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1);
	connect_socket(client, host, port);
	send_text(client, "hello");
	struct endpoint *server = accept_from(listener);
	expect_received(server, "hello");
	send_text(server, "hi");
	expect_received(client, "hi");
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(port);
	expect_handshake(conn);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed_first(conn, CLIENT);
	expect_closed(conn);
	expect_no_reset(conn);
}

CASE(.proves = "data with the SYN is taken without a cookie where both sides are set so",
	.clause = "RFC 7413 2; ip-sysctl tcp_fastopen",
	.needs_ipv6 = true)
{
	set_sysctl("net.ipv4.tcp_fastopen", "1543");
	expect_fast_open("127.0.0.1", open_socket(TCP), 7000);
	expect_fast_open("::1", bind_to(TCP, "::1", 7010), 7001);
	expect_counter("TcpExt", "TCPFastOpenPassive", 2);
}
