/*
 * The cure for restart/time_wait: with SO_REUSEADDR set before bind on both runs, the server
 * restarts at once, although the old connection is still in TIME-WAIT, and serves.
 */
#include "wirecheck.h"

CASE(.proves = "with SO_REUSEADDR on both runs the server restarts at once and serves",
	.clause = "socket(7) SO_REUSEADDR; POSIX setsockopt")
{
	struct program *first = start("tcp_restart_server");
	until_listening(TCP, 8898);
	struct endpoint *early = connect_to(TCP, "127.0.0.1", 8898);
	send_text(early, "hello");
	expect_received(early, "hi");
	expect_end_of_stream(early);
	close_socket(early);
	expect_exit(first, 0);
	until_state(8898, TIME_WAIT);

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

	struct connection *before = connection_of(8898, 1, 2);
	expect_sent(before, CLIENT, "hello");
	expect_sent(before, SERVER, "hi");
	expect_closed_first(before, SERVER);
	struct connection *after = connection_of(8898, 2, 2);
	expect_handshake(after);
	expect_sent(after, CLIENT, "hello again");
	expect_sent(after, SERVER, "hi");
	expect_closed(after);
	expect_no_reset(after);
}
