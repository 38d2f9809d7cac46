/*
 * This is the cure for restart/time_wait. Both runs set SO_REUSEADDR before bind. So the server
 * restarts at once and serves, although the old connection is still in TIME-WAIT. While the server
 * listens, the option does not give its port to another program; SO_REUSEPORT would do that.
 */
#include "wirecheck.h"

CASE(.proves = "with SO_REUSEADDR on both runs the server restarts at once and serves",
	.clause = "socket(7) SO_REUSEADDR; POSIX setsockopt")
{
	keep_time_wait();
	struct program *first = start("tcp_restart_server");
	until_listening(TCP, 8898);
	expect_bound_to(TCP, "127.0.0.1", 8898);
	expect_unshared(TCP, 8898);
	expect_backlog(8898, 5);
	struct endpoint *early = connect_to(TCP, "127.0.0.1", 8898);
	send_text(early, "hello");
	expect_received(early, "hi");
	expect_end_of_stream(early);
	expect_exit(first, 0);
	expect_output(first, "hello\n");
	until_state(8898, FIN_WAIT_2); /* our FIN must not overtake the ACK of its FIN */
	close_socket(early);
	until_state(8898, TIME_WAIT);
	struct connection *before = only_connection(8898);
	expect_sent(before, CLIENT, "hello");
	expect_sent(before, SERVER, "hi");
	expect_closed_first(before, SERVER);

	struct program *second = start("tcp_restart_server");
	until_listening(TCP, 8898);
	expect_state(8898, TIME_WAIT);
	struct endpoint *late = connect_to(TCP, "127.0.0.1", 8898);
	send_text(late, "hello again");
	expect_received(late, "hi");
	expect_end_of_stream(late);
	close_socket(late);
	expect_exit(second, 0);
	expect_output(second, "hello again\n");

	struct connection *after = connection_of(8898, 2, 2);
	expect_handshake(after);
	expect_sent(after, CLIENT, "hello again");
	expect_sent(after, SERVER, "hi");
	expect_closed(after);
	expect_no_reset(after);
}
