/*
 * The browser and server architecture: a request and a response, as lines of text over TCP, from
 * a client that nobody here wrote. A server that counts its body wrong, leaves out an empty line
 * or closes too early works with its own client and fails with everybody else's.
 */
#include "wirecheck.h"

CASE(.proves = "a page is fetched by curl, another path is not found, and the server serves on",
	.clause = "RFC 9110 15.3.1, 15.5.5; RFC 9112 3, 4, 6.3")
{
	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);

	struct program *page =
		start_tool("curl", "--noproxy", "*", "-sS", "-i", "http://127.0.0.1:8080/");
	expect_exit(page, 0);
	expect_output_matches(page, "HTTP/1.1 200 OK\r\n*Content-Type: text/html; charset=utf-8\r\n*"
				    "\r\n\r\n<!DOCTYPE html>\n<title>hello</title>\n<h1>hello</h1>\n");
	struct program *missing = start_tool("curl", "--noproxy", "*", "-sS", "-o", "/dev/null",
		"-w", "%{http_code}", "http://127.0.0.1:8080/missing");
	expect_exit(missing, 0);
	expect_output(missing, "404");

	expect_no_error(page);
	expect_no_error(missing);

	struct connection *first = connection_of(8080, 1, 2);
	expect_handshake(first);
	expect_sent_matches(first, CLIENT, "GET / HTTP/1.1\r\n*Host: 127.0.0.1:8080\r\n*\r\n\r\n");
	expect_sent(first, SERVER, output_of(page));
	expect_closed(first);
	expect_no_reset(first);
	struct connection *second = connection_of(8080, 2, 2);
	expect_sent_matches(second, CLIENT, "GET /missing HTTP/1.1\r\n*");
	expect_sent_matches(second, SERVER, "HTTP/1.1 404 Not Found\r\n*");
	expect_closed(second);

	/* A malformed request is told so, and does not end the server. */
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8080);
	send_text(client, "nonsense\r\n\r\n");
	drain(client);
	close_socket(client);
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
	struct connection *third = connection_of(8080, 3, 3);
	expect_sent(third, CLIENT, "nonsense\r\n\r\n");
	expect_sent_matches(third, SERVER, "HTTP/1.1 400 Bad Request\r\n*");
	expect_no_reset(third);
}
