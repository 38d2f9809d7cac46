/*
 * Linux asks for SO_REUSEADDR on both the socket that left TIME-WAIT behind and the one that binds.
 * A fixed release of a server can therefore not start at once after an old one without the option:
 * the cure works from the second restart on.
 */
#include "wirecheck.h"

CASE(.proves = "SO_REUSEADDR on the second run alone does not free the port",
	.clause = "socket(7) SO_REUSEADDR")
{
	keep_time_wait();
	struct program *first = start("tcp_hello_server");
	until_listening(TCP, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	expect_received(client, "hi");
	expect_end_of_stream(client);
	until_state(8898, FIN_WAIT_2); /* the ACK of its FIN is not overtaken by our FIN */
	close_socket(client);
	expect_exit(first, 0);
	until_state(8898, TIME_WAIT);

	struct program *second = start("tcp_restart_server");
	until_given_up(second);
	expect_exit(second, 1);
	expect_error(second, "Address already in use");
	expect_state(8898, TIME_WAIT);

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed_first(conn, SERVER);
}
