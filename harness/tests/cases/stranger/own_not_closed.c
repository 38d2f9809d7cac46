/*
 * FAIL: the case itself has not closed its socket, and the report blames no program.
 * says "in CLOSE-WAIT: this side has not closed"
 * lacks "the program has not closed"
 */
#include "wirecheck.h"

CASE(.proves = "whose side has not closed is said as it is", .clause = "RFC 9293 3.6")
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);

	close_socket(accept_from(listener));
	until_state(local_port(client), CLOSE_WAIT);
	expect_no_state(local_port(client), CLOSE_WAIT);
	allow_other_traffic();
}
