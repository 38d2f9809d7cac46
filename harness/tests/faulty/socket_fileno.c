/* A socket by its descriptors, with faults. */
#include "fault.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(const char *text)
{
	puts(text);
	if (fflush(stdout) != 0)
		fail("write");
}

static bool is_listening(int handle)
{
	int value = 0;
	socklen_t size = sizeof value;

	getsockopt(handle, SOL_SOCKET, SO_ACCEPTCONN, &value, &size);
	return value != 0;
}

static void introduce(int handle, bool listening)
{
	struct sockaddr_in address;
	socklen_t size = sizeof address;
	char line[128];

	if (fault("prints the peer's address"))
		getpeername(handle, (struct sockaddr *)&address, &size);
	else
		getsockname(handle, (struct sockaddr *)&address, &size);
	snprintf(line, sizeof line, "%d: %s socket %s:%d", handle,
		listening ? "listening" : "connected", inet_ntoa(address.sin_addr),
		ntohs(address.sin_port));
	say(line);
}

static void close_first(int handle)
{
	if (fault("shuts the connection down with its first descriptor"))
		shutdown(handle, SHUT_WR);
	if (!fault("does not close its first descriptor"))
		close(handle);
	say(fcntl(handle, F_GETFD) < 0 ? "3: closed" : "3: open");
	say("duplicate: open");
}

static void talk(int connection)
{
	char text[1024];

	if (fault("sends a newline"))
		send(connection, "still open\n", 11, 0);
	else
		send(connection, "still open", 10, 0);
	if (fault("does not wait for the sign to go on"))
		return;
	ssize_t length = recv(connection, text, sizeof text, 0);
	if (length < 0)
		fail("recv");
	print_line(text, (size_t)length);
}

int main(int argc, char *argv[])
{
	if (argc != 2)
		exit(2);
	int handle = atoi(argv[1]);
	bool listening = is_listening(handle);
	introduce(handle, listening && !fault("takes a listening socket for a connected one"));
	int duplicate = fault("makes a socket in place of a duplicate")
				? socket(AF_INET, SOCK_STREAM, 0)
				: dup(handle);
	say("duplicate: the same socket");
	close_first(handle);
	int connection = listening ? accept(duplicate, NULL, NULL) : duplicate;
	if (fault("leaves a child with the connection"))
		leave_a_child();
	talk(connection);
	if (fault("resets the connection"))
		setsockopt(connection, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0},
			sizeof(struct linger));
	close(connection);
	if (fault("leaves a child with the listener"))
		leave_a_child();
	if (listening)
		close(duplicate);
	say("duplicate: closed");
	return finish();
}
