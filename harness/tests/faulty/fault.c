/* What the faulty programs share: which fault is asked for, and how a program prints and ends. */
#include "fault.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool fault(const char *name)
{
	const char *asked = getenv("WIRECHECK_FAULT");
	size_t length = strlen(program_invocation_short_name);

	return asked != NULL && strncmp(asked, program_invocation_short_name, length) == 0 &&
	       strncmp(asked + length, ": ", 2) == 0 && strcmp(asked + length + 2, name) == 0;
}

struct addrinfo *address_of(int argc, char *argv[], const char *port)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
	struct addrinfo *address = NULL;
	const char *host = argc > 1 ? argv[1] : "127.0.0.1";

	signal(SIGPIPE, SIG_IGN);
	if (argc > 3 || getaddrinfo(host, argc > 2 ? argv[2] : port, &hints, &address) != 0) {
		fprintf(stderr, "usage: %s [HOST [PORT]]\n", program_invocation_short_name);
		exit(2);
	}
	return address;
}

void fail(const char *call)
{
	const char *reason = strerror(errno);
	FILE *where = stderr;

	if (fault("tells an error on standard output"))
		where = stdout;
	if (fault("tells an error without its reason"))
		reason = "failed";
	if (fault("aborts on an error"))
		abort();
	fprintf(where, "%s: %s: %s\n", program_invocation_short_name, call, reason);
	exit(fault("exits with 0 after an error") ? 0 : 1);
}

void print_line(const char *bytes, size_t length)
{
	FILE *where = stdout;

	if (fault("prints a line of its own first"))
		printf("%zu bytes received\n", length);
	if (fault("prints without end"))
		for (size_t i = 0; i < 2 << 20; i++)
			putchar('.');
	if (fault("prints on standard error"))
		where = stderr;
	if (fault("prints one byte less") && length > 0)
		length--;
	fwrite(bytes, 1, length, where);
	if (!fault("prints no newline"))
		fputc('\n', where);
	if (fault("prints after it has sent the answer") || fault("ends without flushing"))
		return;
	if (fflush(stdout) != 0)
		fail("write");
}

static void send_besides(int type)
{
	struct sockaddr_in elsewhere = {.sin_family = AF_INET, .sin_port = htons(514)};
	int handle = socket(AF_INET, type, 0);

	elsewhere.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (handle < 0)
		fail("socket");
	/* Nobody is there: a connection is refused, and a datagram gets lost. */
	if (connect(handle, (struct sockaddr *)&elsewhere, sizeof elsewhere) == 0 &&
		send(handle, "log", 3, 0) != 3)
		fail("send");
	close(handle);
}

int finish(void)
{
	if (fault("sends a datagram besides"))
		send_besides(SOCK_DGRAM);
	if (fault("connects to another port besides"))
		send_besides(SOCK_STREAM);
	if (fault("ends without flushing"))
		_exit(0);
	if (fault("crashes at its end"))
		raise(SIGSEGV);
	if (fault("never ends"))
		pause();
	return fault("exits with 1 at its end") ? 1 : 0;
}

void leave_a_child(void)
{
	if (fork() == 0) {
		pause();
		_exit(0);
	}
}

void set_option(int handle, int option)
{
	int on = 1;

	if (setsockopt(handle, SOL_SOCKET, option, &on, sizeof on) != 0)
		fail("setsockopt");
}
