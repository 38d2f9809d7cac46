/*
 * SO_REUSEPORT, unlike SO_REUSEADDR, is for servers that live side by side, for instance one
 * process for each processor. All of them listen, and the kernel gives each connection to exactly
 * one of them: no connection is served twice, and no connection is lost. The kernel chooses by the
 * addresses, so a program must not rely on an equal share.
 */
#include "wirecheck.h"

#define CLIENTS 8

static struct endpoint *listen_with_reuseport(void)
{
	struct endpoint *listener = open_socket(TCP);

	set_option(listener, SOL_SOCKET, SO_REUSEPORT, 1);
	bind_socket(listener, "127.0.0.1", 8898);
	listen_socket(listener, CLIENTS);
	return listener;
}

CASE(.proves = "with SO_REUSEPORT on both, two sockets listen, and each connection goes to one",
	.clause = "socket(7) SO_REUSEPORT")
{
	struct endpoint *first = listen_with_reuseport();
	struct endpoint *second = listen_with_reuseport();
	expect_option(first, SOL_SOCKET, SO_ACCEPTCONN, 1);
	expect_option(second, SOL_SOCKET, SO_ACCEPTCONN, 1);
	struct program *without = start("tcp_hello_server");
	expect_exit(without, 1);
	expect_error(without, "Address already in use");

	int by_first = 0;
	for (int i = 0; i < CLIENTS; i++) {
		struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
		struct endpoint *chosen = until_either_ready(first, second);
		struct endpoint *served = accept_from(chosen);
		by_first += chosen == first;
		send_text(client, "hello");
		expect_received(served, "hello");
		send_text(served, "hi");
		expect_received(client, "hi");
		close_socket(client);
		expect_end_of_stream(served);
		close_socket(served);
	}
	expect_nothing_to_accept(first);
	expect_nothing_to_accept(second);
	record("%d of %d connections went to the first socket", by_first, CLIENTS);

	for (int i = 1; i <= CLIENTS; i++) {
		struct connection *conn = connection_of(8898, (size_t)i, CLIENTS);
		expect_handshake(conn);
		expect_sent(conn, CLIENT, "hello");
		expect_sent(conn, SERVER, "hi");
		expect_closed(conn);
	}
}
