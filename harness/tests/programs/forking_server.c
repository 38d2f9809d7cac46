/* Echoes on TCP port 7000. Each client has a process of its own. */
#include "server.h"

int main(void)
{
	int listener = listen_at(7000);

	for (;;) {
		int client = accept_from(listener);
		if (check(fork(), "fork") == 0) {
			close(listener);
			echo(client);
			return 0;
		}
		close(client);
	}
}
