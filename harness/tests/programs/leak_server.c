/* Answers one message of each client on TCP port 7000, and never closes the connection. */
#include "server.h"

int main(void)
{
	int listener = listen_at(7000);

	for (;;) {
		char bytes[64];
		int client = accept_from(listener);
		ssize_t length = recv(client, bytes, sizeof bytes, 0);
		if (length > 0)
			check((int)send(client, bytes, (size_t)length, MSG_NOSIGNAL), "send");
	}
}
