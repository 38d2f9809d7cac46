/*
 * TCP keeps no boundaries, so a request may come in two parts, cut at any byte. The cuts that break
 * servers are those within the empty line that ends the head, CR | LF | CR | LF. A server that
 * looks for this line in each part alone never finds it. A server that takes one part for the whole
 * request answers too soon.
 */
#include "wirecheck.h"

/* Sends the request in two parts, cut after so many bytes. The first part gets no answer. */
static void request_cut(struct program *server, const char *request, size_t cut, size_t number)
{
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8080);
	struct bytes whole = bytes_of(request);

	send_bytes(client, bytes_part(whole, 0, cut));
	until_waiting(server, SERVER, 8080);
	expect_nothing_received(client);
	send_bytes(client, bytes_part(whole, cut, whole.length - cut));
	drain(client);
	close_socket(client);
	struct connection *conn = connection_of(8080, number, number);
	expect_sent(conn, CLIENT, request);
	expect_sent_matches(conn, SERVER,
		"HTTP/1.1 200 OK\r\n*\r\n\r\n<!DOCTYPE "
		"html>\n<title>hello</title>\n<h1>hello</h1>\n");
	expect_no_reset(conn);
}

CASE(.proves = "wherever a request is cut, it is answered once, when all of it is there",
	.clause = "RFC 9112 2.1, 2.2; RFC 9293 3.9.1.2")
{
	static const char *const requests[] = {"GET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.0\r\nHost: h\n\r\n"};
	size_t number = 0;

	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);
	for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
		for (size_t cut = 1; cut < bytes_of(requests[i]).length; cut++)
			request_cut(server, requests[i], cut, ++number);
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
}
