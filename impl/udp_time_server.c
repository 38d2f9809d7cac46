/*
 * Tells the time: each datagram holds a format of strftime(3), an empty one asks for the default.
 * It runs until SIGINT or SIGTERM.
 *
 * Beware of SO_REUSEADDR with UDP: there is no TIME_WAIT that it could help with, and two live
 * sockets that both have it may bind the same port. Then each datagram goes to one of the two.
 *
 * socket, setsockopt, bind, then for each request recvfrom, sendto
 */
#include "common.h"
#include "signals.h"

#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

const char program[] = "udp_time_server";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	struct address address = address_from_arguments(argc, argv, "9000");

	int fd = socket(address.generic.sa_family, SOCK_DGRAM, 0);
	if (fd < 0)
		fail("socket");
	int on = 1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
		fail("setsockopt");
	end_on_signal(); /* before bind: once others see the port taken, a signal ends it well */
	if (bind(fd, &address.generic, address.length) != 0)
		fail("bind");

	for (;;) {
		char format[1024 + 1]; /* of a longer datagram the rest is lost */
		struct address client = {.length = sizeof client.storage};
		ssize_t received =
			recvfrom(fd, format, sizeof format - 1, 0, &client.generic, &client.length);
		if (received < 0)
			fail("recvfrom");
		format[received] = '\0';
		printf("===> ");
		fwrite(format, 1, (size_t)received, stdout);
		putchar('\n');
		flush_output();

		time_t now = time(NULL);
		const struct tm *local = now == (time_t)-1 ? NULL : localtime(&now);
		if (local == NULL)
			fail("localtime");
		/* strftime returns 0 for a text that is empty or has no room: an empty answer. */
		char text[1024 + 1];
		size_t length =
			strftime(text, sizeof text, received > 0 ? format : "%Y-%m-%d %X", local);
		if (sendto(fd, text, length, 0, &client.generic, client.length) < 0)
			fail("sendto");
	}
}
