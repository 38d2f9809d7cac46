/*
 * A service manager ends a server by its process id. What the server has started must end with it:
 * a child that went on into its parent's accept loop, where it should have ended, still has the
 * listening socket, and the port is taken by nobody that anyone knows of.
 */
#include "wirecheck.h"

CASE(.proves = "a signal to the server's process alone leaves nobody listening",
	.clause = "POSIX fork, kill; socket(7) SO_REUSEADDR")
{
	struct program *server = start("http_hello_server");
	until_listening(TCP, 8080);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8080);
	send_text(client, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	drain(client);
	close_socket(client);
	struct connection *conn = only_connection(8080);
	expect_sent(conn, CLIENT, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	expect_sent_matches(conn, SERVER, "HTTP/1.1 200 OK\r\n*");
	until_waiting(server, SERVER, 8080);

	struct program *manager = start_tool("sh", "-c", format("kill -s TERM %d", server->pid));
	expect_exit(manager, 0);
	expect_no_error(manager);
	expect_exit(server, 0);
	expect_no_state(8080, LISTEN);
}
