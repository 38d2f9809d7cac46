/*
 * Asks the time server: its user enters a format of strftime(3), or nothing. An empty line is
 * sent as well, for a datagram may be empty: it asks for the server's default.
 *
 * socket, then for each line sendto, recvfrom; close
 */
#include "common.h"
#include "dialogue.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "udp_time_client";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	struct address server = address_from_arguments(argc, argv, "9000");

	int fd = socket(server.generic.sa_family, SOCK_DGRAM, 0);
	if (fd < 0)
		fail("socket");

	const char *format;
	size_t length;
	while ((format = ask("Please enter a time format (for example %Y %m %d): ", &length))) {
		if (sendto(fd, format, length, 0, &server.generic, server.length) < 0)
			fail("sendto");

		char text[1024]; /* of a longer datagram the rest is lost */
		ssize_t received = recvfrom(fd, text, sizeof text, 0, NULL, NULL);
		if (received < 0)
			fail("recvfrom");
		fwrite(text, 1, (size_t)received, stdout);
		putchar('\n');
	}

	if (close(fd) != 0)
		fail("close");
	return 0;
}
