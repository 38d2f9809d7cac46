/*
 * TCP can mark a point in its stream as urgent, and sockets turn that into one byte "out of band".
 * The byte is in the stream on the wire. But a receiver gets it with MSG_OOB, before what was sent
 * earlier, and does not find it among the rest. RFC 9293 asks new programs not to use it (SHLD-13),
 * so the case shows what old programs do.
 *
 * The urgent pointer points to the byte after the urgent one (MUST-62); in RFC 1122 it points to
 * the urgent byte itself.
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
	expect_urgent(conn, CLIENT, 3); /* after "ab!" */
	expect_closed(conn);
	expect_no_reset(conn);
}
