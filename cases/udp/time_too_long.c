/*
 * A short format may have a long result. When the result does not fit into a datagram of 1024
 * bytes, the server sends an empty answer: the client waits for one, and a part of a time is not a
 * time. The service goes on.
 */
#include "wirecheck.h"

#include <string.h>

CASE(.proves = "a result of more than 1024 bytes is answered by an empty datagram",
	.clause = "POSIX strftime; RFC 768 (length 8)")
{
	static char dates[1025];

	for (size_t i = 0; i < 1024; i += 2)
		memcpy(dates + i, "%F", 2); /* each becomes 10 bytes */
	struct program *server = start("udp_time_server");
	until_listening(UDP, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, dates);
	expect_received(client, "");
	send_text(client, "next");
	expect_received(client, "next");
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
	expect_output(server, format("===> %s\n===> next\n", dates));
	expect_datagrams(9000, from(CLIENT, dates), from(SERVER, ""), from(CLIENT, "next"),
		from(SERVER, "next"));
}
