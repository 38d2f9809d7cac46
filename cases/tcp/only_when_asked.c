/*
 * A server of questions and answers sleeps until a client asks, and says nothing before. It has
 * printed what it received before its answer is seen. A server that asks its socket over and over
 * keeps a processor busy for nothing. A server that prints after its answer loses the line when it
 * is killed in between.
 */
#include "wirecheck.h"

static void asked(const char *name, const char *port_text, uint16_t port)
{
	struct program *server = start(name, "127.0.0.1", port_text);
	until_listening(TCP, port);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", port);
	until_waiting(server, SERVER, port);
	struct connection *conn = only_connection(port);
	expect_sent(conn, SERVER, "");

	/* While the server has no room to print its line, it sends no answer. */
	block_output(server);
	send_text(client, "hello");
	until_waiting(server, SERVER, port);
	expect_sent(conn, SERVER, "");
	unblock_output(server);

	expect_received(client, "hi");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed(conn);
	expect_no_reset(conn);
}

CASE(.proves = "a server sleeps until it is asked, and prints before it answers",
	.clause = "the demos' contract; POSIX recv, fflush")
{
	asked("tcp_hello_server", "8898", 8898);
	asked("tcp_restart_server", "8899", 8899);
}
