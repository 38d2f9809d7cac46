/* The hello server over AF_UNIX, with faults. */
#include "fault.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *made; /* the socket's file, after it was made */

static void remove_and_end(int number)
{
	(void)number;
	if (made != NULL && !fault("leaves its file when a signal ends it"))
		unlink(made);
	_exit(0);
}

static int open_listener(const char *path)
{
	struct sockaddr_un address = address_at(path);
	int listener =
		socket(AF_UNIX, fault("is of SOCK_SEQPACKET") ? SOCK_SEQPACKET : SOCK_STREAM, 0);

	if (fault("removes a file that is there first"))
		unlink(path);
	hold_signals(true);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) {
		if (fault("removes the file that it could not bind"))
			unlink(path);
		fail("bind");
	}
	made = path;
	hold_signals(false);
	if (listen(listener, 5) != 0)
		fail("listen");
	return listener;
}

int main(int argc, char *argv[])
{
	char text[1024];

	if (argc != 2)
		exit(2);
	signal(SIGINT, remove_and_end);
	signal(SIGTERM, remove_and_end);
	int listener = open_listener(argv[1]);
	int connection = accept(listener, NULL, NULL);
	ssize_t length = recv(connection, text, sizeof text, 0);
	if (length < 0)
		fail("recv");
	print_line(text, (size_t)length);
	const char *answer = fault("answers with a newline") ? "hi\n" : "hi";
	if (fault("answers in capitals"))
		answer = "HI";
	if (!fault("sends no answer") &&
		send(connection, answer, strlen(answer) + fault("sends the NUL"), 0) < 0)
		fail("send");
	close(connection);
	if (!fault("leaves its socket's file"))
		unlink(argv[1]);
	return finish();
}
