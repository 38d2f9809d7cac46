/* The datagram client over AF_UNIX, with faults. */
#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_answer(const char *text, size_t length, const struct peer *server)
{
	const struct sockaddr_un *from = (const struct sockaddr_un *)&server->address;
	char line[2048];

	if (fault("prints no sender"))
		snprintf(line, sizeof line, "%.*s", (int)length, text);
	else
		snprintf(line, sizeof line, "%.*s %s", (int)length, text, from->sun_path);
	print_line(line, strlen(line));
}

int main(int argc, char *argv[])
{
	char text[1024], path[108];
	struct peer server = {.size = sizeof(struct sockaddr_un)};

	if (argc != 2)
		exit(2);
	snprintf(path, sizeof path, "%s.%d", argv[1], getpid());
	struct sockaddr_un own = address_at(path), to = address_at(argv[1]);
	int handle = socket(AF_UNIX, SOCK_DGRAM, 0);
	if (!fault("has no path of its own") &&
		bind(handle, (struct sockaddr *)&own, sizeof own) != 0)
		fail("bind");
	memcpy(&server.address, &to, sizeof to);
	const char *greeting = fault("greets with a newline") ? "hello\n" : "hello";
	if (fault("sends an empty datagram first"))
		send_datagram(handle, "", 0, &server);
	send_datagram(handle, greeting, strlen(greeting) + fault("sends the NUL"), &server);
	print_answer(text, receive_datagram(handle, text, &server), &server);
	if (!fault("leaves its socket's file"))
		unlink(path);
	return finish();
}
