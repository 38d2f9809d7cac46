/*
 * A process that is killed says nothing; the kernel closes its connections for it. An idle
 * connection gets a FIN, which the client cannot tell from an orderly close. A connection with
 * bytes that the server never read gets a RST, so the client learns that they were lost. The FIN
 * leaves TIME-WAIT behind, the RST does not. With SO_REUSEADDR the server starts again at once
 * after both.
 */
#include "wirecheck.h"

CASE(.proves = "a killed server ends with FIN, or RST if bytes were unread, and restarts at once",
	.clause = "RFC 9293 3.6.1 SHLD-3; RFC 2525 2.17; socket(7) SO_REUSEADDR")
{
	keep_time_wait();
	struct program *unread = start("tcp_restart_server");
	until_listening(TCP, 8898);
	struct endpoint *talker = connect_to(TCP, "127.0.0.1", 8898);
	until_waiting(unread, SERVER, 8898);
	hold(unread);
	send_text(talker, "hello");
	/* What was sent is also acknowledged, so it has arrived. */
	expect_sent(only_connection(8898), CLIENT, "hello");
	send_signal(unread, SIGKILL);
	expect_killed(unread, SIGKILL);
	expect_receive_error(talker, ECONNRESET);
	expect_no_state(8898, TIME_WAIT);

	struct program *idle = start("tcp_restart_server");
	until_listening(TCP, 8898);
	struct endpoint *silent = connect_to(TCP, "127.0.0.1", 8898);
	until_waiting(idle, SERVER, 8898);
	send_signal(idle, SIGKILL);
	expect_killed(idle, SIGKILL);
	expect_end_of_stream(silent);
	until_state(8898, FIN_WAIT_2); /* our FIN must not overtake the ACK of its FIN */
	close_socket(silent);
	until_state(8898, TIME_WAIT);

	struct program *third = start("tcp_restart_server");
	until_listening(TCP, 8898);
	struct endpoint *late = connect_to(TCP, "127.0.0.1", 8898);
	send_text(late, "hello again");
	expect_received(late, "hi");
	close_socket(late);
	expect_exit(third, 0);
	expect_output(third, "hello again\n");

	struct connection *reset = connection_of(8898, 1, 3);
	expect_sent(reset, SERVER, "");
	expect_reset(reset, SERVER);
	expect_no_fin(reset, SERVER);
	struct connection *closed = connection_of(8898, 2, 3);
	expect_closed_first(closed, SERVER);
	expect_closed(closed);
	expect_no_reset(closed);
	struct connection *after = connection_of(8898, 3, 3);
	expect_sent(after, CLIENT, "hello again");
	expect_sent(after, SERVER, "hi");
}
