/*
 * This is the other half of tcp/coalesced. A receive returns no more than it has room for, so one
 * message may need several receives. The server makes a single receive of 1024 bytes. It gets the
 * first part of what is there, without any sign that more follows. A program that stops there has
 * lost the rest.
 *
 * The client learns of that loss, because a close with unread bytes resets the connection.
 */
#include "wirecheck.h"

CASE(.proves = "of a message longer than its buffer, one receive returns the first part only",
	.clause = "RFC 9293 3.9.1.2, 3.9.1.3; recv(2)")
{
	const char *first_part = letters(1024);
	const char *message = format("%s and the rest", first_part);

	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	hold(server);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, message);
	until_acknowledged(client);
	release(server);

	expect_received(client, "hi");
	expect_receive_error(client, ECONNRESET);
	expect_exit(server, 0);
	expect_output(server, format("%s\n", first_part));

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, message);
	expect_sent(conn, SERVER, "hi");
	expect_reset(conn, SERVER);
}
