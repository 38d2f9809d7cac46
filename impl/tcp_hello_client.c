/*
 * The smallest TCP client: it says `hello`, prints what the server answers and ends. It needs no
 * bind: connect chooses the address and a free port on this side.
 *
 * socket, connect, send, recv, close
 */
#include "common.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "tcp_hello_client";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	struct address server = address_from_arguments(argc, argv, "8898");

	int connection = socket(server.generic.sa_family, SOCK_STREAM, 0);
	if (connection < 0)
		fail("socket");
	if (connect(connection, &server.generic, server.length) != 0)
		fail("connect");
	if (!send_all(connection, "hello", 5))
		fail("send");

	char text[1024];
	ssize_t length = recv(connection, text, sizeof text, 0); /* 0: closed without an answer */
	if (length < 0)
		fail("recv");
	fwrite(text, 1, (size_t)length, stdout);
	putchar('\n');
	flush_output();

	if (close(connection) != 0)
		fail("close");
	return 0;
}
