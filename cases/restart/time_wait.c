/*
 * The side that closes a connection first keeps its addresses in TIME-WAIT, so that late segments
 * of the old connection cannot reach a new one. When that side is the server, its port is taken
 * although no process holds it. A server that restarts without SO_REUSEADDR is then out of service
 * for a minute.
 *
 * Linux keeps the port for 60 s; RFC 9293 asks for twice the maximum segment lifetime.
 */
#include "wirecheck.h"

CASE(.proves = "after the server closed first, its port cannot be bound again",
	.clause = "RFC 9293 3.6.1 MUST-13; socket(7) SO_REUSEADDR")
{
	keep_time_wait();
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	expect_received(client, "hi");
	expect_end_of_stream(client);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	until_state(8898, FIN_WAIT_2); /* our FIN must not overtake the ACK of its FIN */
	close_socket(client);
	until_state(8898, TIME_WAIT);

	struct program *second = start("tcp_hello_server");
	until_given_up(second);
	expect_exit(second, 1);
	expect_error(second, "Address already in use");
	expect_output(second, "");
	expect_state(8898, TIME_WAIT);

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed_first(conn, SERVER);
	expect_closed(conn);
}
