/* Serves one client on TCP port 7000. Its helper inherits the listening socket and outlives it. */
#include "server.h"

int main(void)
{
	int listener = listen_at(7000);

	if (check(fork(), "fork") == 0) {
		close(STDIN_FILENO);
		close(STDOUT_FILENO);
		close(STDERR_FILENO);
		execlp("sleep", "sleep", "600", NULL);
		return 1;
	}
	int client = accept_from(listener);
	echo(client);
	close(client);
	return 0;
}
