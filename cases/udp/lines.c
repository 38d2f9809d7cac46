/*
 * Standard input need not be a terminal. A script may write to it, and its lines may have any
 * length. White space at both ends does not belong to a line; there are six kinds of it. A line
 * that is too long for a datagram is an error, and no part of it is sent.
 */
#include "wirecheck.h"

CASE(.proves = "lines from a pipe are trimmed of all white space, and a line too long is an error",
	.clause = "POSIX isspace, sendto EMSGSIZE; udp(7)")
{
	struct endpoint *server = bind_to(UDP, "127.0.0.1", 9000);
	struct program *client = start("udp_time_client");
	type_line(client, "\v\f\t a \v b\xc2\xa0 \r\f");
	expect_received(server, "a \v b\xc2\xa0");
	uint16_t port = sender_port(datagram_of(9000, 1));
	send_text_to(server, "127.0.0.1", port, "one");
	type_line(client, letters(70000));
	expect_exit(client, 1);
	expect_error(client, "Message too long");
	const char *prompt = "Please enter a time format (for example %Y %m %d): ";
	expect_output(client, format("%sone\n%s", prompt, prompt));
	expect_datagrams(9000, from(CLIENT, "a \v b\xc2\xa0"), from(SERVER, "one"));
}
