/*
 * The UDP hello client within one machine. With UDP the first sendto gives the socket an address;
 * a socket of AF_UNIX stays without one, and unanswered, unless it binds a path of its own. Here
 * that is the path of the server, a dot and the process id: so several clients can run at once.
 *
 * socket, bind, sendto, recvfrom, close, unlink
 */
#include "common.h"
#include "signals.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "unix_datagram_client";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	if (argc != 2 || argv[1][0] == '\0')
		usage("PATH");
	struct address server = address_of_file(argv[1]);
	char path[sizeof server.file.sun_path + 32]; /* room for the longest process id */
	if (snprintf(path, sizeof path, "%s.%ld", argv[1], (long)getpid()) < 0)
		fail("snprintf");
	struct address own = address_of_file(path);

	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	if (fd < 0)
		fail("socket");
	hold_signals();
	if (bind(fd, &own.generic, own.length) != 0)
		fail("bind");
	remove_at_end(&own);
	/* A datagram is sent whole or not at all. */
	if (sendto(fd, "hello", 5, 0, &server.generic, server.length) < 0)
		fail("sendto");

	char text[1024]; /* of a longer datagram the rest is lost */
	struct address sender = {.length = sizeof sender.storage};
	ssize_t length = recvfrom(fd, text, sizeof text, 0, &sender.generic, &sender.length);
	if (length < 0)
		fail("recvfrom");
	fwrite(text, 1, (size_t)length, stdout);
	putchar(' ');
	print_address(&sender);
	putchar('\n');
	flush_output();

	if (close(fd) != 0)
		fail("close");
	return 0;
}
