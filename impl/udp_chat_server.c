/*
 * A chat by UDP, the side that answers: it shows each message and its sender, asks its user
 * for a reply and sends that back. Any number of clients may write to the one socket; their
 * messages wait in its queue and are answered in turn.
 *
 * socket, bind, then for each message recvfrom, sendto; close
 */
#include "common.h"
#include "dialogue.h"

#include <sys/socket.h>
#include <unistd.h>

const char program[] = "udp_chat_server";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	struct address address = address_from_arguments(argc, argv, "8081");

	int fd = socket(address.generic.sa_family, SOCK_DGRAM, 0);
	if (fd < 0)
		fail("socket");
	if (bind(fd, &address.generic, address.length) != 0)
		fail("bind");

	for (;;) {
		char text[1024]; /* of a longer datagram the rest is lost */
		struct address client = {.length = sizeof client.storage};
		ssize_t received =
			recvfrom(fd, text, sizeof text, 0, &client.generic, &client.length);
		if (received < 0)
			fail("recvfrom");
		print_message(&client, text, (size_t)received);

		size_t length;
		const char *reply = ask("reply message: ", &length);
		if (reply == NULL)
			break;
		/* An empty reply is a datagram too: the client waits for one. */
		if (sendto(fd, reply, length, 0, &client.generic, client.length) < 0)
			fail("sendto");
	}

	if (close(fd) != 0)
		fail("close");
	return 0;
}
