/*
 * The smallest TCP server: it takes one client, prints what the client says, answers `hi` and
 * ends. There are two sockets: one listens, and accept makes the one that talks to the client.
 *
 * socket, bind, listen, accept, recv, send, close
 */
#include "common.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "tcp_hello_server";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	struct address address = address_from_arguments(argc, argv, "8898");

	int listener = socket(address.generic.sa_family, SOCK_STREAM, 0);
	if (listener < 0)
		fail("socket");
	if (bind(listener, &address.generic, address.length) != 0)
		fail("bind");
	if (listen(listener, SOMAXCONN) != 0)
		fail("listen");

	int connection = accept(listener, NULL, NULL);
	if (connection < 0)
		fail("accept");

	char text[1024];
	ssize_t length = recv(connection, text, sizeof text, 0); /* 0: the client said nothing */
	if (length < 0)
		fail("recv");
	fwrite(text, 1, (size_t)length, stdout);
	putchar('\n');
	flush_output();

	if (!send_all(connection, "hi", 2))
		fail("send");
	if (close(connection) != 0 || close(listener) != 0)
		fail("close");
	return 0;
}
