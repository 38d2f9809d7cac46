/*
 * The TCP hello client within one machine: only the address differs. It is the path of
 * the server's socket file.
 *
 * socket, connect, send, recv, close
 */
#include "common.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "unix_hello_client";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	if (argc != 2 || argv[1][0] == '\0')
		usage("PATH");
	struct address server = address_of_file(argv[1]);

	int connection = socket(AF_UNIX, SOCK_STREAM, 0);
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
