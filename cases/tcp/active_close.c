/*
 * Only the side that closes a connection first goes through TIME-WAIT. On a client that costs one
 * of its many ports. On a server it blocks the port that it serves on (restart/time_wait), and a
 * busy server collects thousands of such connections. So a protocol that says who closes first
 * decides who pays.
 */
#include "wirecheck.h"

CASE(.proves = "only the side that closes first is left in TIME-WAIT",
	.clause = "RFC 9293 3.6 case 1, 3.6.1 MUST-13")
{
	keep_time_wait();
	struct program *first = start("tcp_hello_server");
	until_listening(TCP, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	uint16_t client_port = local_port(client);
	send_text(client, "hello");
	expect_received(client, "hi");
	expect_end_of_stream(client);
	until_state(8898, FIN_WAIT_2); /* our FIN must not overtake the ACK of its FIN */
	close_socket(client);
	expect_exit(first, 0);

	struct connection *server_first = only_connection(8898);
	expect_closed_first(server_first, SERVER);
	expect_state(8898, TIME_WAIT);
	expect_no_state(client_port, TIME_WAIT);

	/* The other way round: the client ends its stream before the server runs on. */
	struct program *second = start("tcp_hello_server", "127.0.0.1", "8899");
	until_listening(TCP, 8899);
	hold(second);
	client = connect_to(TCP, "127.0.0.1", 8899);
	client_port = local_port(client);
	send_text(client, "hello");
	shut_down(client, SHUT_WR);
	until_socket_state(client, FIN_WAIT_2);
	release(second);
	expect_exit(second, 0);
	expect_received(client, "hi");
	expect_end_of_stream(client);

	struct connection *client_first = only_connection(8899);
	expect_closed_first(client_first, CLIENT);
	expect_state(client_port, TIME_WAIT);
	expect_no_state(8899, TIME_WAIT);

	expect_sent(server_first, CLIENT, "hello");
	expect_sent(server_first, SERVER, "hi");
	expect_sent(client_first, CLIENT, "hello");
	expect_sent(client_first, SERVER, "hi");
}
