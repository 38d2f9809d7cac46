/*
 * The TCP hello server within one machine: an address of AF_UNIX is a path, and bind makes a file
 * there. The file does not go away with the socket. As long as it is there, bind refuses its path,
 * "Address already in use", so the server removes it at its end.
 *
 * socket, bind, listen, accept, recv, send, close, unlink
 */
#include "common.h"
#include "signals.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

const char program[] = "unix_hello_server";

int main(int argc, char **argv)
{
	prepare_standard_streams();
	if (argc != 2 || argv[1][0] == '\0')
		usage("PATH");
	struct address address = address_of_file(argv[1]);

	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	if (listener < 0)
		fail("socket");
	hold_signals();
	if (bind(listener, &address.generic, address.length) != 0)
		fail("bind");
	remove_at_end(&address);
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
