/*
 * Clients other than browsers send other forms of requests: a request in two segments, lines that
 * end in LF alone, HEAD, or a method that a small server does not have. A server breaks on these
 * when it takes what it has received so far for the whole request, or when it knows only what its
 * own client sends.
 */
#include "wirecheck.h"

/* Sends a request in two parts, the second after the server has received the first. */
static void request(
	struct program *server, const char *first, const char *second, const char *answer)
{
	static size_t number; /* of this connection, counted from 1 */
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8080);

	send_text(client, first);
	until_waiting(server, SERVER, 8080);
	send_text(client, second);
	drain(client);
	close_socket(client);
	number++;
	struct connection *conn = connection_of(8080, number, number);
	expect_sent(conn, CLIENT, format("%s%s", first, second));
	expect_sent_matches(conn, SERVER, answer);
	expect_closed_first(conn, SERVER);
	expect_no_reset(conn);
}

#define PAGE "<!DOCTYPE html>\n<title>hello</title>\n<h1>hello</h1>\n"

CASE(.proves = "each kind of request gets its status, and the server restarts at once",
	.clause = "RFC 9110 9.3.2, 15.5.1, 15.6.2; RFC 9112 2.2, 3; socket(7) SO_REUSEADDR")
{
	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);
	expect_bound_to(TCP, "127.0.0.1", 8080);
	expect_unshared(TCP, 8080);
	expect_backlog(8080, 5);

	request(server, "GET /", " HTTP/1.1\r\nHost: h\r\n\r\n",
		"HTTP/1.1 200 OK\r\n*\r\n\r\n" PAGE);
	request(server, "GET /?a=b HTTP/1.1\r\n", "Host: h\r\n\r\n", "HTTP/1.1 200 *\r\n\r\n" PAGE);
	request(server, "GET / HTTP/1.0\n", "\n", "HTTP/1.1 200 *\r\n\r\n" PAGE);
	request(server, "HEAD / HTTP/1.1\r\n", "Host: h\r\n\r\n",
		"HTTP/1.1 200 *Content-Length: 52\r\n*");
	request(server, "HEAD / HTTP/1.1\r\n", "Host: h\r\n\r\n", "*\r\n\r\n");
	request(server, "POST / HTTP/1.1\r\n", "Host: h\r\n\r\n",
		"HTTP/1.1 501 Not Implemented\r\n*");
	request(server, "GET /hello HTTP/1.1\r\nHost", ": h\r\n\r\n",
		"HTTP/1.1 404 Not Found\r\n*");
	request(server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
		"*\r\n\r\n" PAGE);

	/* A child that goes on in its parent's loop would call accept on a closed descriptor. */
	until_waiting(server, SERVER, 8080);
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
	expect_error_lacks(server, "Bad file descriptor");
	expect_state(8080, TIME_WAIT);
	struct program *second = start("http_hello_server");
	until_listening(TCP, 8080);
	send_signal(second, SIGINT);
	expect_exit(second, 0);
}
