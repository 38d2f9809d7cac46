/*
 * The smallest UDP client: it sends `hello`, and prints the answer and its sender. It takes one
 * datagram from anyone. Without one it waits for ever: UDP does not report what got lost.
 *
 * socket, sendto, recvfrom, close
 */
#include "common.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "udp_hello_client";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	struct address server = address_from_arguments(argc, argv, "9000");

	int fd = socket(server.generic.sa_family, SOCK_DGRAM, 0);
	if (fd < 0)
		fail("socket");
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
