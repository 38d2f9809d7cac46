/*
 * A person closes the browser's window, and the connection is gone before the page is sent. That
 * is the end of one connection. A server that dies of SIGPIPE, or takes the failed call for its own
 * end, can be stopped by anybody.
 *
 * The server is held until the client's FIN and RST are there: it finds a whole request, and nobody
 * to answer.
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
	struct connection *first = connection_of(8080, 1, 1);
	expect_reset(first, CLIENT);
	release(server);

	struct endpoint *next = connect_to(TCP, "127.0.0.1", 8080);
	send_text(next, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	drain(next);
	close_socket(next);
	struct connection *second = connection_of(8080, 2, 2);
	expect_sent_matches(second, SERVER, "HTTP/1.1 200 OK\r\n*");
	expect_sent(second, CLIENT, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	expect_sent(first, CLIENT, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	expect_sent(first, SERVER, "");
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
}
