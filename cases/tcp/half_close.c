/*
 * The two directions of a connection end one by one. A client may say with shutdown(SHUT_WR) that
 * it has sent everything, and still wait for the answer. A server that takes the end of the stream
 * for the end of the connection leaves such a client without an answer.
 */
#include "wirecheck.h"

CASE(.proves = "after one side has ended its stream, data still flows the other way",
	.clause = "RFC 9293 3.6.1; POSIX shutdown")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	hold(server);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	shut_down(client, SHUT_WR);
	expect_send_error(client, bytes_of("more"), EPIPE);
	until_socket_state(client, FIN_WAIT_2);
	release(server);

	expect_received(client, "hi");
	expect_end_of_stream(client);
	expect_exit(server, 0);
	expect_output(server, "hello\n");

	struct connection *conn = only_connection(8898);
	expect_half_close(conn, CLIENT);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed(conn);
	expect_no_reset(conn);
}
