/*
 * A person closes the browser's window, and the connection is gone before the page is sent. That
 * ends one connection and must not end the server. A server that dies of SIGPIPE, or that exits
 * because the call failed, can be stopped by any client.
 *
 * The server is held until the client's FIN and RST are there. So it finds a whole request, and
 * nobody to answer.
 */
#include "wirecheck.h"

CASE(.proves = "a client that leaves before the response does not end the server",
	.clause = "POSIX send EPIPE; signal(7) SIGPIPE; RFC 9112 9.5")
{
	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);
	hold(server);
	struct endpoint *gone = connect_to(TCP, "127.0.0.1", 8080);
	send_text(gone, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	shut_down(gone, SHUT_WR);
	until_socket_state(gone, FIN_WAIT_2);
	abort_socket(gone);
	struct connection *gone_conn = connection_of(8080, 1, 1);
	expect_reset(gone_conn, CLIENT);
	release(server);

	struct endpoint *next = connect_to(TCP, "127.0.0.1", 8080);
	send_text(next, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	drain(next);
	close_socket(next);
	struct connection *next_conn = connection_of(8080, 2, 2);
	expect_sent_matches(next_conn, SERVER, "HTTP/1.1 200 OK\r\n*");
	expect_sent(next_conn, CLIENT, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	expect_sent(gone_conn, CLIENT, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	expect_sent(gone_conn, SERVER, "");
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
}
