/*
 * The UDP hello server within one machine. Datagrams of AF_UNIX keep their boundaries too, and do
 * not get lost. A sender that has bound no path of its own cannot be answered.
 *
 * socket, bind, recvfrom, sendto, close, unlink
 */
#include "common.h"
#include "signals.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "unix_datagram_server";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	if (argc != 2 || argv[1][0] == '\0')
		usage("PATH");
	struct address address = address_of_file(argv[1]);

	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	if (fd < 0)
		fail("socket");
	hold_signals();
	if (bind(fd, &address.generic, address.length) != 0)
		fail("bind");
	remove_at_end(&address);

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
