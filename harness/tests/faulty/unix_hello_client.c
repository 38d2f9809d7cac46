/* The hello client over AF_UNIX, with faults. */
#include "fault.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	char text[1024];

	if (argc != 2)
		exit(2);
	struct sockaddr_un server = address_at(argv[1]);
	int connection = socket(AF_UNIX, SOCK_STREAM, 0);
	while (connect(connection, (struct sockaddr *)&server, sizeof server) != 0)
		if (!fault("connects until it succeeds"))
			fail("connect");
	const char *greeting = fault("greets with a newline") ? "hello\n" : "hello";
	if (fault("greets with a capital letter"))
		greeting = "Hello";
	if (send(connection, greeting, strlen(greeting) + fault("sends the NUL"), 0) < 0)
		fail("send");
	ssize_t length = recv(connection, text, fault("receives 1 byte at most") ? 1 : 1024, 0);
	if (length < 0)
		fail("recv");
	print_line(text, (size_t)length);
	close(connection);
	return finish();
}
