/*
 * Sends one client on TCP port 7000 SIZE letters. The one at WRONG is a hyphen: letters_server SIZE
 * [WRONG].
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char *arguments[])
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7000)};
	size_t size = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;
	size_t wrong = count > 2 ? strtoul(arguments[2], NULL, 10) : size;
	char *answer = malloc(size + 1);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	if (answer == NULL || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
		listen(listener, 5) != 0)
		return 1;
	int client = accept(listener, NULL, NULL);
	for (size_t i = 0; i < size; i++)
		answer[i] = i == wrong ? '-' : (char)('a' + i % 26);
	for (size_t sent = 0; sent < size;) {
		ssize_t more = send(client, answer + sent, size - sent, MSG_NOSIGNAL);
		if (more < 0)
			return 1;
		sent += (size_t)more;
	}
	close(client);
	free(answer);
	return 0;
}
