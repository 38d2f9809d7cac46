/*
 * Not every client of a web server is a browser. There are scanners, clients of other protocols,
 * and attackers, who send requests that the server may read in another way than the proxy in front
 * of it. The server refuses each of these requests with a status, and goes on serving.
 */
#include "wirecheck.h"

/* Sends the whole text and ends the stream. The response begins with this status. */
static void request(struct bytes text, const char *status)
{
	static size_t number; /* of this connection, counted from 1 */
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8080);

	send_bytes(client, text);
	shut_down(client, SHUT_WR);
	drain(client);
	close_socket(client);
	number++;
	struct connection *conn = connection_of(8080, number, number);
	expect_sent_prefix(conn, CLIENT, text);
	expect_sent_matches(conn, SERVER, format("HTTP/1.1 %s\r\n*\r\n\r\n*", status));
	expect_closed(conn);
	expect_no_reset(conn);
}

CASE(.proves = "a malformed request is refused with a status, and the server goes on serving",
	.clause = "RFC 9110 9.1, 15.5.1, 15.6.2; RFC 9112 3, 11.2")
{
	static const char *const bad[] = {"GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
		"GET  / HTTP/1.1\r\n\r\n", "GET /a b HTTP/1.1\r\n\r\n",
		"GET hello HTTP/1.1\r\n\r\n", "G(T / HTTP/1.1\r\n\r\n", "get\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: h\r\n", "GET", " / HTTP/1.1\r\n\r\n"};
	static const unsigned char nul[] = "GET / HTTP/1.1\r\nHost: \0\r\n\r\n";

	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		request(bytes_of(bad[i]), "400 Bad Request");
	request((struct bytes){nul, sizeof nul - 1}, "400 Bad Request");
	/* A head may have 8192 bytes. */
	request(bytes_of(format("GET / HTTP/1.1\r\nX: %s\r\n\r\n", letters(9000))),
		"400 Bad Request");
	request(bytes_of(format("GET / HTTP/1.1\r\nX: %s\r\n\r\n", letters(8000))), "200 OK");
	request(bytes_of("get / HTTP/1.1\r\n\r\n"), "501 Not Implemented");
	request(bytes_of("PATCH /hello HTTP/1.1\r\n\r\n"), "501 Not Implemented");
	request(bytes_of("HEAD /hello HTTP/1.1\r\n\r\n"), "404 Not Found");

	/* A client that sends nothing at all gets no response. It is the 17th connection. */
	struct endpoint *silent = connect_to(TCP, "127.0.0.1", 8080);
	shut_down(silent, SHUT_WR);
	expect_end_of_stream(silent);
	close_socket(silent);
	expect_closed(connection_of(8080, 17, 17));
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
	expect_output(server, "");
}
