/*
 * A server may answer before it has read all that the client sends. But a close with unread bytes
 * resets the connection, and the reset can overtake the answer: the client then gets "connection
 * reset by peer" in place of the status. Whether that happens depends on timing, so it is seen in
 * production and not on the developer's machine. RFC 9112 9.6 asks servers to end their own
 * direction and to read on.
 *
 * In this case the whole body is there before the server looks. A server that does not read it
 * resets the connection for certain, and the kernel's counter of closes with unread bytes shows
 * that, whichever side was faster.
 */
#include "wirecheck.h"

CASE(.proves = "a client that sends a body after its request still gets the response",
	.clause = "RFC 9112 9.6; RFC 2525 2.17")
{
	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);
	hold(server);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8080);
	const char *request = format(
		"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n%s", letters(20000));
	send_text(client, request);
	until_acknowledged(client);
	release(server);
	drain(client);
	close_socket(client);

	expect_counter("TcpExt", "TCPAbortOnClose", 0);
	struct connection *conn = only_connection(8080);
	expect_sent(conn, CLIENT, request);
	expect_sent_matches(conn, SERVER, "HTTP/1.1 501 Not Implemented\r\n*");
	expect_closed_first(conn, SERVER);
	expect_no_reset(conn);
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
}
