/*
 * A format is whatever somebody sends: of any length that is received, and bytes that are no
 * conversion come back as they went, UTF-8 or not. A service that a strange format ends is ended by
 * anybody.
 */
#include "wirecheck.h"

CASE(.proves = "formats of any bytes and of 1024 of them are answered as they are",
	.clause = "POSIX strftime; the demos' contract")
{
	struct program *server = start("udp_time_server");
	until_listening(UDP, 9000);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, letters(1024));
	expect_received(client, letters(1024));
	send_text(client, "gr\xfc\xdf%% \xc3");
	expect_received(client, "gr\xfc\xdf% \xc3");
	send_signal(server, SIGTERM);
	expect_exit(server, 0);
	expect_output(server, format("===> %s\n===> gr\xfc\xdf%%%% \xc3\n", letters(1024)));
	expect_datagrams(9000, from(CLIENT, letters(1024)), from(SERVER, letters(1024)),
		from(CLIENT, "gr\xfc\xdf%% \xc3"), from(SERVER, "gr\xfc\xdf% \xc3"));
}
