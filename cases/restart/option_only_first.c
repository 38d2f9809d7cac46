/*
 * The option on the run that left TIME-WAIT behind does not help a later one that lacks it. Who
 * sees a server restart well once must not conclude that its successor may leave the option out.
 */
#include "wirecheck.h"

CASE(.proves = "SO_REUSEADDR on the first run alone does not free the port",
	.clause = "socket(7) SO_REUSEADDR")
{
	keep_time_wait();
	struct program *first = start("tcp_restart_server");
	until_listening(TCP, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	expect_received(client, "hi");
	expect_end_of_stream(client);
	until_state(8898, FIN_WAIT_2); /* the ACK of its FIN is not overtaken by our FIN */
	close_socket(client);
	expect_exit(first, 0);
	until_state(8898, TIME_WAIT);

	struct program *second = start("tcp_hello_server");
	until_given_up(second);
	expect_exit(second, 1);
	expect_error(second, "Address already in use");
	expect_state(8898, TIME_WAIT);

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed_first(conn, SERVER);
}
