/*
 * Linux asks for SO_REUSEADDR twice: on the socket that left TIME-WAIT behind, and on the socket
 * that binds.
 *
 * When only the first run sets the option, a later run without it is refused. So a server that once
 * restarted well does not prove that its successor may leave the option out. When only the second
 * run sets it, that is too late: the corrected release of a server cannot start at once after an
 * old one. The correction works from the second restart on.
 */
#include "wirecheck.h"

static const struct {
	struct case_info info;
	const char *first, *second; /* tcp_restart_server sets the option */
} runs[] = {
	{{.name = "option_only_first",
		 .proves = "SO_REUSEADDR on the first run alone does not free the port"},
		"tcp_restart_server", "tcp_hello_server"},
	{{.name = "option_only_second",
		 .proves = "SO_REUSEADDR on the second run alone does not free the port"},
		"tcp_hello_server", "tcp_restart_server"},
};

CASE_EACH(row, runs, .clause = "socket(7) SO_REUSEADDR")
{
	keep_time_wait();
	struct program *first = start(row->first);
	until_listening(TCP, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	expect_received(client, "hi");
	expect_end_of_stream(client);
	until_state(8898, FIN_WAIT_2); /* our FIN must not overtake the ACK of its FIN */
	close_socket(client);
	expect_exit(first, 0);
	until_state(8898, TIME_WAIT);

	struct program *second = start(row->second);
	until_given_up(second);
	expect_exit(second, 1);
	expect_error(second, "Address already in use");
	expect_state(8898, TIME_WAIT);

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
	expect_closed_first(conn, SERVER);
}
