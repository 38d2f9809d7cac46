/*
 * The smallest UDP server: it takes one datagram, prints it, answers `hi` and ends. There is no
 * connection to accept: the sender's address comes with the datagram, and the answer goes there.
 *
 * socket, bind, recvfrom, sendto, close
 */
#include "common.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "udp_hello_server";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	struct address address = address_from_arguments(argc, argv, "9000");

	int fd = socket(address.generic.sa_family, SOCK_DGRAM, 0);
	if (fd < 0)
		fail("socket");
	if (bind(fd, &address.generic, address.length) != 0)
		fail("bind");

	char text[1024]; /* of a longer datagram the rest is lost */
	struct address client = {.length = sizeof client.storage};
	ssize_t length = recvfrom(fd, text, sizeof text, 0, &client.generic, &client.length);
	if (length < 0)
		fail("recvfrom");
	fwrite(text, 1, (size_t)length, stdout);
	putchar('\n');
	flush_output();

	/* A datagram is sent whole or not at all. */
	if (sendto(fd, "hi", 2, 0, &client.generic, client.length) < 0)
		fail("sendto");
	if (close(fd) != 0)
		fail("close");
	return 0;
}
