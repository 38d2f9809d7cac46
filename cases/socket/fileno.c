/*
 * A descriptor is a name for a socket, not the socket itself. A program may use a descriptor that
 * it inherited, and a duplicate is one more name for the same socket. The connection ends when the
 * last name is closed. So when a child keeps a forgotten descriptor, the peer waits for an end that
 * never comes.
 */
#include "wirecheck.h"

CASE(.proves = "the first close of a socket's two descriptors sends nothing, the last sends a FIN",
	.clause = "POSIX dup, close; RFC 9293 3.6")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *accepted = accept_from(listener);
	make_blocking(accepted);
	struct program *program =
		start_with(LAUNCH(.descriptor = descriptor_of(accepted)), "socket_fileno", "3");
	close_socket(accepted);

	/* The program has closed descriptor 3 by now, and sends through the duplicate. */
	expect_received(client, "still open");
	struct connection *conn = only_connection(8898);
	expect_no_fin(conn, SERVER);
	until_socket_state(client, ESTABLISHED);

	send_text(client, "go on");
	expect_end_of_stream(client);
	expect_exit(program, 0);
	expect_output(program, "3: connected socket 127.0.0.1:8898\n"
			       "duplicate: the same socket\n"
			       "3: closed\n"
			       "duplicate: open\n"
			       "go on\n"
			       "duplicate: closed\n");
	close_socket(client);
	expect_sent(conn, CLIENT, "go on");
	expect_sent(conn, SERVER, "still open");
	expect_closed_first(conn, SERVER);
	expect_closed(conn);
}
