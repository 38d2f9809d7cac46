/*
 * A client may come back from the same address and port while the server's side of the old
 * connection is still in TIME-WAIT, because it binds its port or has no other port left. If its SYN
 * has a sequence number or a timestamp beyond the old connection's, the SYN opens a new connection
 * at once. Nobody has to wait.
 *
 * Otherwise the old connection would answer the SYN with an ACK of its own. The client would answer
 * that with a RST and try again a second later. That is why the handshake and the missing RST
 * matter.
 */
#include "wirecheck.h"

CASE(.proves = "a SYN from the same address and port reopens a connection out of TIME-WAIT",
	.clause = "RFC 9293 3.6.1 MAY-2; RFC 6191 2")
{
	keep_time_wait();
	struct program *first = start("tcp_restart_server");
	until_listening(TCP, 8898);
	struct endpoint *early = bind_to(TCP, "127.0.0.1", 20000);
	connect_socket(early, "127.0.0.1", 8898);
	send_text(early, "hello");
	expect_received(early, "hi");
	expect_end_of_stream(early);
	until_state(8898, FIN_WAIT_2); /* our FIN must not overtake the ACK of its FIN */
	close_socket(early);
	expect_exit(first, 0);
	until_state(8898, TIME_WAIT);
	struct connection *before = only_connection(20000);
	expect_closed(before); /* the last ACK has arrived too, so the client's port is free */

	struct program *second = start("tcp_restart_server");
	until_listening(TCP, 8898);
	struct endpoint *late = bind_to(TCP, "127.0.0.1", 20000);
	expect_state(8898, TIME_WAIT);
	connect_socket(late, "127.0.0.1", 8898);
	expect_no_state(8898, TIME_WAIT);
	send_text(late, "hello again");
	expect_received(late, "hi");
	expect_end_of_stream(late);
	close_socket(late);
	expect_exit(second, 0);
	expect_output(second, "hello again\n");

	expect_sent(before, CLIENT, "hello");
	expect_sent(before, SERVER, "hi");
	expect_closed_first(before, SERVER);
	struct connection *after = connection_of(20000, 2, 2);
	expect_handshake(after);
	expect_sent(after, CLIENT, "hello again");
	expect_sent(after, SERVER, "hi");
	expect_closed(after);
	expect_no_reset(after);
}
