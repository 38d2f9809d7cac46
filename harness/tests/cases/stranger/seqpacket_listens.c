/* PASS: until_bound waits until a socket of SOCK_SEQPACKET listens, not only until it is bound. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "wirecheck.h"

/* Binds, and listens when a byte comes. */
static void serve(int go)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "s"};
	int server = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	char byte;

	if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 ||
	    usleep(200000) != 0 || listen(server, 1) != 0)
		_exit(1);
	_exit(read(go, &byte, 1) == 0 ? 0 : 2);
}

CASE(.proves = "a client that comes after until_bound is not refused", .clause = "unix(7)")
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "s"};
	int pair[2];

	if (pipe2(pair, O_CLOEXEC) != 0)
		broken("pipe2: %s", strerror(errno));
	if (fork() == 0) {
		close(pair[1]);
		serve(pair[0]);
	}
	until_bound("s");
	int client = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	expect(connect(client, (struct sockaddr *)&address, sizeof address) == 0,
		"expected to be connected, found %s", strerror(errno));
	close(pair[1]);
}
