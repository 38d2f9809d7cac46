/*
 * A descriptor is not a socket but a handle of one. This program has inherited a TCP socket. It
 * duplicates the descriptor and closes the first one. The socket stays open by the duplicate, and
 * its peer notices nothing. The socket ends when its last descriptor is closed.
 *
 * dup, close, of a listening socket accept, then send, recv, close
 */
#include "common.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

const char program[] = "socket_fileno";

/* Standard streams are not for this: what is printed would go to the peer. */
static int parse_descriptor(const char *text)
{
	long number = strtol(text, NULL, 10);

	if (text[strspn(text, "0123456789")] != '\0' || number <= STDERR_FILENO || number > INT_MAX)
		usage("FD\nFD: a descriptor number from 3, of a listening or connected socket");
	return (int)number;
}

static void print_socket(int fd, bool listening)
{
	struct address own = {.length = sizeof own.storage};
	struct address peer = {.length = sizeof peer.storage};

	if (!listening && getpeername(fd, &peer.generic, &peer.length) != 0)
		fail("getpeername");
	if (getsockname(fd, &own.generic, &own.length) != 0)
		fail("getsockname");
	printf("%d: %s socket ", fd, listening ? "listening" : "connected");
	print_address(&own);
	putchar('\n');
}

/* Device and inode number together identify a file, and here a socket is a file. */
static bool same_socket(int one, int other)
{
	struct stat first, second;

	if (fstat(one, &first) != 0 || fstat(other, &second) != 0)
		fail("fstat");
	return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static const char *openness(int fd)
{
	return fcntl(fd, F_GETFD) < 0 ? "closed" : "open";
}

int main(int argc, char **argv)
{
	prepare_standard_streams();
	int fd = parse_descriptor(argc == 2 ? argv[1] : "");
	bool listening = socket_option(fd, SO_ACCEPTCONN) != 0;
	print_socket(fd, listening);

	int duplicate = dup(fd);
	if (duplicate < 0)
		fail("dup");
	printf("duplicate: %s socket\n", same_socket(fd, duplicate) ? "the same" : "another");
	if (close(fd) != 0) /* nothing of this is to be seen on the wire */
		fail("close");
	printf("%d: %s\nduplicate: %s\n", fd, openness(fd), openness(duplicate));
	flush_output();

	int connection = listening ? accept(duplicate, NULL, NULL) : duplicate;
	if (connection < 0)
		fail("accept");
	if (!send_all(connection, "still open", 10))
		fail("send");
	char text[1024];
	ssize_t length = recv(connection, text, sizeof text, 0);
	if (length < 0)
		fail("recv");
	fwrite(text, 1, (size_t)length, stdout);
	putchar('\n');
	flush_output();

	if (close(duplicate) != 0 || (listening && close(connection) != 0))
		fail("close");
	printf("duplicate: %s\n", openness(duplicate));
	flush_output();
	return 0;
}
