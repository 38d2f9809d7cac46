/*
 * Echoes on TCP port 7000, and on port 7001 by a child. The child stays in the process group in
 * which the program was started. The program itself moves to a group that another child made.
 */
#include "server.h"

static void serve(uint16_t port)
{
	int listener = listen_at(port);

	for (;;) {
		int client = accept_from(listener);
		echo(client);
		close(client);
	}
}

int main(void)
{
	if (check(fork(), "fork") == 0)
		serve(7001);
	pid_t other = check(fork(), "fork");
	if (other == 0) {
		pause();
		return 0;
	}
	check(setpgid(other, other), "setpgid");
	check(setpgid(0, other), "setpgid");
	serve(7000);
}
