/* The time client, with faults. */
#include "fault.h"

#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	const struct addrinfo *address = address_of(argc, argv, "9000");
	int handle = socket(address->ai_family, SOCK_DGRAM, 0);
	struct peer server = {.size = address->ai_addrlen}, sender;
	char text[1024], *line;

	memcpy(&server.address, address->ai_addr, address->ai_addrlen);
	while ((line = ask("Please enter a time format (for example %Y %m %d): ")) != NULL) {
		if (*line == '\0' && fault("ignores an empty line"))
			continue;
		if (*line == '\0' && fault("sends a format of its own for an empty line"))
			line = "%Y-%m-%d %X";
		if (strlen(line) > 1024 && fault("sends the beginning of a long line"))
			line[1024] = '\0';
		send_datagram(handle, line, strlen(line) + fault("sends the NUL"), &server);
		if (fault("sends each line twice"))
			send_datagram(handle, line, strlen(line), &server);
		size_t length = receive_datagram(handle, text, &sender);
		if (!fault("does not print the answer"))
			print_line(text, length);
		if (fault("ends after one answer"))
			break;
	}
	close(handle);
	return finish();
}
