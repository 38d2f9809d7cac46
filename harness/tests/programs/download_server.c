/*
 * Sends one client on TCP port 7000 a head of HTTP and a body of SIZE bytes: letters, and every
 * 27th byte a NUL. Without SIZE the body is empty.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char *arguments[])
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7000)};
	size_t size = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;
	char *answer = malloc(size + 256);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	if (answer == NULL || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
		listen(listener, 5) != 0)
		return 1;
	int client = accept(listener, NULL, NULL);
	size_t length =
		(size_t)sprintf(answer, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", size);
	for (size_t i = 0; i < size; i++)
		answer[length++] = (char)(i % 27 == 0 ? '\0' : 'a' + i % 26);
	for (size_t sent = 0; sent < length;) {
		ssize_t more = send(client, answer + sent, length - sent, MSG_NOSIGNAL);
		if (more < 0)
			return 1;
		sent += (size_t)more;
	}
	close(client);
	return 0;
}
