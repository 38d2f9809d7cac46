/*
 * When both sides close before either has seen the other's FIN, no side is the first, and both end
 * in TIME-WAIT. A server that leaves the first close to its clients (tcp/active_close) does not
 * rule TIME-WAIT out; it only makes it rarer.
 *
 * Whether two FINs cross is a matter of luck. Here each FIN gets lost the first time. So neither
 * side can have seen the other's FIN when it sends its own, however slow or fast the machine is.
 */
#include "wirecheck.h"

CASE(.proves = "when both sides close at once, both FINs cross and both end in TIME-WAIT",
	.clause = "RFC 9293 3.6 case 3")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	uint16_t client_port = local_port(client);

	drop_incoming(client);
	drop_incoming(server);
	shut_down(client, SHUT_WR);
	shut_down(server, SHUT_WR);
	expect_state(client_port, FIN_WAIT_1);
	expect_state(8898, FIN_WAIT_1);
	take_incoming(client);
	take_incoming(server);
	expect_end_of_stream(client);
	expect_end_of_stream(server);

	struct connection *conn = only_connection(8898);
	expect_simultaneous_close(conn);
	expect_closed(conn);
	expect_no_reset(conn);
	expect_state(client_port, TIME_WAIT);
	expect_state(8898, TIME_WAIT);
}
