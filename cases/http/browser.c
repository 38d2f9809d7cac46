/*
 * Browsers and servers talk in requests and responses, which are lines of text over TCP. Here the
 * client is curl, which does not come from the authors of the server. A server that counts the
 * length of its body wrong, leaves out an empty line or closes too early works with its own client
 * and fails with all others.
 */
#include "wirecheck.h"

CASE(.proves = "curl fetches a page, another path is not found, and the server goes on serving",
	.clause = "RFC 9110 15.3.1, 15.5.5; RFC 9112 3, 4, 6.3")
{
	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);

	struct program *page =
		start_tool("curl", "--noproxy", "*", "-sS", "-i", "http://127.0.0.1:8080/");
	expect_exit(page, 0);
	expect_output_matches(page,
		"HTTP/1.1 200 OK\r\n*Content-Type: text/html; charset=utf-8\r\n*"
		"\r\n\r\n<!DOCTYPE html>\n<title>hello</title>\n<h1>hello</h1>\n");
	struct program *missing = start_tool("curl", "--noproxy", "*", "-sS", "-o", "/dev/null",
		"-w", "%{http_code}", "http://127.0.0.1:8080/missing");
	expect_exit(missing, 0);
	expect_output(missing, "404");

	expect_no_error(page);
	expect_no_error(missing);

	struct connection *page_conn = connection_of(8080, 1, 2);
	expect_handshake(page_conn);
	expect_sent_matches(
		page_conn, CLIENT, "GET / HTTP/1.1\r\n*Host: 127.0.0.1:8080\r\n*\r\n\r\n");
	expect_sent(page_conn, SERVER, output_of(page));
	expect_closed(page_conn);
	expect_no_reset(page_conn);
	struct connection *missing_conn = connection_of(8080, 2, 2);
	expect_sent_matches(missing_conn, CLIENT, "GET /missing HTTP/1.1\r\n*");
	expect_sent_matches(missing_conn, SERVER, "HTTP/1.1 404 Not Found\r\n*");
	expect_closed(missing_conn);

	/* A malformed request is answered with its status and does not end the server. */
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8080);
	send_text(client, "nonsense\r\n\r\n");
	drain(client);
	close_socket(client);
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
	struct connection *malformed_conn = connection_of(8080, 3, 3);
	expect_sent(malformed_conn, CLIENT, "nonsense\r\n\r\n");
	expect_sent_matches(malformed_conn, SERVER, "HTTP/1.1 400 Bad Request\r\n*");
	expect_no_reset(malformed_conn);
}
