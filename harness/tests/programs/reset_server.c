/*
 * Serves one client on TCP port 7000, and ends the connection by a RST: reset_server HOW.
 *   unread      closes after it has read only a part of what came
 *   linger      closes with SO_LINGER 0
 *   late        closes after the first byte: what the client sends later comes too late
 *   unaccepted  closes its listening socket instead of accepting, when standard input ends
 */
#include "server.h"

static void read_one(int client)
{
	char byte;

	check((int)recv(client, &byte, 1, 0), "recv");
}

int main(int count, char *arguments[])
{
	const char *how = count > 1 ? arguments[1] : "";
	const struct linger none = {1, 0};
	int listener = listen_at(7000);

	if (strcmp(how, "unaccepted") == 0) {
		while (getchar() != EOF)
			;
		return 0;
	}
	int client = accept_from(listener);
	read_one(client);
	if (strcmp(how, "linger") == 0)
		check(setsockopt(client, SOL_SOCKET, SO_LINGER, &none, sizeof none), "setsockopt");
	close(client);
	while (strcmp(how, "late") == 0)
		pause();
	return 0;
}
