/*
 * A format is whatever a client sends. It may have any length that the server receives. Bytes that
 * are not a conversion come back unchanged, whether they are UTF-8 or not. If a strange format
 * ended the service, anybody could end it.
 */
#include "wirecheck.h"

CASE(.proves = "a format of any bytes, and one of 1024 bytes, is answered",
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
