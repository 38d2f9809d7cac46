/*
 * Linux asks for SO_REUSEADDR on both the socket that left TIME-WAIT behind and the one that binds.
 *
 * On the first run alone it does not help a later one that lacks it: who sees a server restart well
 * once must not conclude that its successor may leave the option out. On the second run alone it
 * comes too late: a fixed release of a server cannot start at once after an old one, and the cure
 * works from the second restart on.
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
	until_state(8898, FIN_WAIT_2); /* the ACK of its FIN is not overtaken by our FIN */
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
