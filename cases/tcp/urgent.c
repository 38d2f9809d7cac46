/*
 * TCP can mark a point in its stream as urgent, and sockets make of that one byte "out of band":
 * it is in the stream on the wire, but a receiver gets it by MSG_OOB, past what was sent before it,
 * and does not find it among the rest. RFC 9293 asks new programs not to use it (SHLD-13), so
 * this is to know what old ones do.
 *
 * The pointer points behind the urgent byte (MUST-62); RFC 1122 had it on the byte.
 */
#include "wirecheck.h"

CASE(.proves = "an urgent byte is marked on the wire and received apart from the rest",
	.clause = "RFC 9293 3.8.5 MUST-62; tcp(7) MSG_OOB")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	send_text(client, "ab");
	send_urgent(client, "!");
	send_text(client, "cd");

	expect_received_flags(server, MSG_OOB, "!");
	expect_received(server, "abcd");
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "ab!cd");
	expect_urgent(conn, CLIENT, 3);
	expect_closed(conn);
	expect_no_reset(conn);
}
