/*
 * TCP Fast Open saves a round trip: data goes with the SYN, and the server has it before the
 * handshake is over. On the first connection the client only asks for a cookie, by which the server
 * knows it again. On the second connection it shows the cookie. Both sides have to ask for Fast
 * Open. The server sets TCP_FASTOPEN. The client sets TCP_FASTOPEN_CONNECT: then connect(2) returns
 * at once, and the first send(2) makes the SYN. Linux allows this to clients by default, and to
 * servers when net.ipv4.tcp_fastopen has the bit 2.
 */
#include "wirecheck.h"

static void ask(struct endpoint *listener, const char *question, const char *answer)
{
	struct endpoint *client = open_socket(TCP);
	set_option(client, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1);
	connect_socket(client, "127.0.0.1", 8898);
	send_text(client, question);
	struct endpoint *server = accept_from(listener);
	expect_received(server, question);
	send_text(server, answer);
	expect_received(client, answer);
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);
}

static void expect_exchange(struct connection *conn, const char *question, const char *answer)
{
	expect_sent(conn, CLIENT, question);
	expect_sent(conn, SERVER, answer);
	expect_closed(conn);
	expect_no_reset(conn);
}

CASE(.proves = "with a cookie from before, data goes with the SYN and the server takes it",
	.clause = "RFC 7413 3, 4.2")
{
	set_sysctl("net.ipv4.tcp_fastopen", "3"); /* 1: clients, 2: servers */
	struct endpoint *listener = bind_to(TCP, "127.0.0.1", 8898);
	set_option(listener, IPPROTO_TCP, TCP_FASTOPEN, 5);
	listen_socket(listener, 5);

	ask(listener, "hello", "hi");
	expect_counter("TcpExt", "TCPFastOpenCookieReqd", 1);
	expect_counter("TcpExt", "TCPFastOpenPassive", 0);

	ask(listener, "hello again", "hi again");
	expect_counter("TcpExt", "TCPFastOpenActive", 1);
	expect_counter("TcpExt", "TCPFastOpenPassive", 1);

	expect_exchange(connection_of(8898, 1, 2), "hello", "hi");
	struct connection *second = connection_of(8898, 2, 2);
	expect_sent_in_syn(second, "hello again");
	expect_exchange(second, "hello again", "hi again");
}
