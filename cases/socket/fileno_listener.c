/*
 * This is socket/fileno with a listening socket. The socket goes on listening while one descriptor
 * of it is left, and a connection that it has accepted is a socket of its own. A child that still
 * has a descriptor of the listener keeps the port taken, although nobody accepts connections there
 * any more.
 */
#include "wirecheck.h"

CASE(.proves = "a listening socket listens until its last descriptor is closed",
	.clause = "POSIX dup, close, accept; socket(7) SO_ACCEPTCONN")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	make_blocking(listener);
	struct program *program =
		start_with(LAUNCH(.descriptor = descriptor_of(listener)), "socket_fileno", "3");
	close_socket(listener);

	until_printed(program, "3: closed\n");
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	expect_received(client, "still open");
	expect_state(8898, LISTEN);
	send_text(client, "go on");
	expect_end_of_stream(client);
	expect_exit(program, 0);
	expect_output(program, "3: listening socket 127.0.0.1:8898\n"
			       "duplicate: the same socket\n"
			       "3: closed\n"
			       "duplicate: open\n"
			       "go on\n"
			       "duplicate: closed\n");
	close_socket(client);
	expect_no_state(8898, LISTEN);
	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "go on");
	expect_sent(conn, SERVER, "still open");
	expect_closed(conn);
}
