/* Becomes a daemon (daemon(3)), and then sends "hi" to each client on TCP port 7000. */
#include "server.h"

int main(void)
{
	int listener = listen_at(7000);

	check(daemon(1, 0), "daemon");
	for (;;) {
		int client = accept_from(listener);
		check((int)send(client, "hi", 2, MSG_NOSIGNAL), "send");
		close(client);
	}
}
