/* The datagram server over AF_UNIX, with faults. */
#include "fault.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ssize_t receive(int handle, char text[1024], struct peer *client)
{
	ssize_t length = (ssize_t)receive_datagram(handle, text, client);

	while (fault("merges what has arrived")) {
		ssize_t more = recv(handle, text + length, 1024 - (size_t)length, MSG_DONTWAIT);
		if (more < 0)
			break;
		length += more;
	}
	return length;
}

static const char *made; /* the socket's file, after it was made */

static void remove_and_end(int number)
{
	(void)number;
	if (made != NULL)
		unlink(made);
	_exit(0);
}

int main(int argc, char *argv[])
{
	char text[1024];
	struct peer client;

	if (argc != 2)
		exit(2);
	struct sockaddr_un address = address_at(argv[1]);
	int handle = socket(AF_UNIX, SOCK_DGRAM, 0);
	signal(SIGINT, remove_and_end);
	signal(SIGTERM, remove_and_end);
	hold_signals(true);
	if (bind(handle, (struct sockaddr *)&address, sizeof address) != 0)
		fail("bind");
	made = argv[1];
	hold_signals(false);
	ssize_t length = receive(handle, text, &client);
	print_line(text, (size_t)length);
	if (fault("answers from a socket without a path"))
		handle = socket(AF_UNIX, SOCK_DGRAM, 0);
	const char *answer = fault("answers with a newline") ? "hi\n" : "hi";
	if (fault("answers with what it received"))
		answer = "hello";
	if (!fault("sends no answer"))
		send_datagram(handle, answer, strlen(answer) + fault("sends the NUL"), &client);
	if (!fault("leaves its socket's file"))
		unlink(argv[1]);
	return finish();
}
