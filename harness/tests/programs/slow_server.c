/*
 * Echoes on TCP port 7000 to one client after the other. It waits MILLISECONDS before each answer
 * and before it closes. SIGTERM ends it with 0: slow_server MILLISECONDS.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void end(int number)
{
	(void)number;
	_exit(0);
}

static void pause_for(long milliseconds)
{
	struct timespec rest = {milliseconds / 1000, milliseconds % 1000 * 1000000};

	while (nanosleep(&rest, &rest) != 0)
		;
}

static void serve(int client, long milliseconds)
{
	char bytes[64];
	ssize_t length;

	while ((length = recv(client, bytes, sizeof bytes, 0)) > 0) {
		pause_for(milliseconds);
		if (send(client, bytes, (size_t)length, MSG_NOSIGNAL) < 0)
			return;
	}
	pause_for(milliseconds);
}

int main(int count, char *arguments[])
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7000)};
	long milliseconds = count > 1 ? strtol(arguments[1], NULL, 10) : 0;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	signal(SIGTERM, end);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
		listen(listener, 5) != 0)
		return 1;
	for (;;) {
		int client = accept(listener, NULL, NULL);
		if (client < 0)
			return 1;
		serve(client, milliseconds);
		close(client);
	}
}
