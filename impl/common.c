/* What the demos share and what is not their lesson: addresses, prompts, signals, errors. */
#include "common.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void complain(const char *call)
{
	fprintf(stderr, "%s: %s: %s\n", program, call, strerror(errno));
}

void prepare_standard_streams(void)
{
	if (fcntl(STDIN_FILENO, F_GETFD) < 0)
		fail("standard input");
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
		fail("standard output");
	if (fcntl(STDERR_FILENO, F_GETFD) < 0)
		fail("standard error");
	if (signal(SIGPIPE, SIG_IGN) == SIG_ERR || signal(SIGXFSZ, SIG_IGN) == SIG_ERR)
		fail("signal");
}

struct address address_from_arguments(int argc, char **argv, const char *default_port)
{
	const char *host = argc > 1 ? argv[1] : "127.0.0.1";
	const char *port = argc > 2 ? argv[2] : default_port;
	struct address address;

	if (argc > 3 || !address_parse(&address, host, port))
		usage("[HOST [PORT]]\n"
		      "HOST: an IPv4 or IPv6 address; PORT: a number from 1 to 65535");
	return address;
}

/* Digits alone: strtol(3) would take a sign and spaces too. Returns 0 when it is not a port. */
static in_port_t parse_port(const char *text)
{
	if (text[strspn(text, "0123456789")] != '\0')
		return 0;

	long port = strtol(text, NULL, 10); /* LONG_MAX when there are too many digits */
	return port <= 65535 ? (in_port_t)port : 0;
}

bool address_parse(struct address *address, const char *host, const char *port)
{
	in_port_t number = parse_port(port);

	if (number == 0)
		return false;
	if (strchr(host, ':') != NULL) {
		address->length = sizeof address->ipv6;
		address->ipv6 = (struct sockaddr_in6){.sin6_family = AF_INET6};
		address->ipv6.sin6_port = htons(number);
		return inet_pton(AF_INET6, host, &address->ipv6.sin6_addr) == 1;
	}
	address->length = sizeof address->ipv4;
	address->ipv4 = (struct sockaddr_in){.sin_family = AF_INET};
	address->ipv4.sin_port = htons(number);
	return inet_pton(AF_INET, host, &address->ipv4.sin_addr) == 1;
}

bool address_parse_pair(struct address *address, const char *pair)
{
	char host[INET6_ADDRSTRLEN + 2]; /* room for the brackets */
	const char *colon = strrchr(pair, ':');

	if (colon == NULL || colon == pair || (size_t)(colon - pair) >= sizeof host)
		return false;

	size_t length = (size_t)(colon - pair);
	memcpy(host, pair, length);
	host[length] = '\0';
	if (host[0] != '[')
		return strchr(host, ':') == NULL && address_parse(address, host, colon + 1);
	if (host[length - 1] != ']')
		return false;
	host[length - 1] = '\0';
	return strchr(host, ':') != NULL && address_parse(address, host + 1, colon + 1);
}

struct address address_of_file(const char *path)
{
	struct address address = {.length = sizeof address.file};

	address.file = (struct sockaddr_un){.sun_family = AF_UNIX};
	size_t size = strlen(path) + 1;
	if (size > sizeof address.file.sun_path) {
		errno = ENAMETOOLONG;
		fail(path);
	}
	memcpy(address.file.sun_path, path, size);
	return address;
}

void print_address(const struct address *address)
{
	size_t before_path = offsetof(struct sockaddr_un, sun_path);
	char host[INET6_ADDRSTRLEN];

	switch (address->generic.sa_family) {
	case AF_INET:
		if (inet_ntop(AF_INET, &address->ipv4.sin_addr, host, sizeof host) == NULL)
			fail("inet_ntop");
		printf("%s:%d", host, ntohs(address->ipv4.sin_port));
		break;
	case AF_INET6:
		if (inet_ntop(AF_INET6, &address->ipv6.sin6_addr, host, sizeof host) == NULL)
			fail("inet_ntop");
		printf("[%s]:%d", host, ntohs(address->ipv6.sin6_port));
		break;
	case AF_UNIX:
		if (address->length > before_path) /* a long path has no NUL at its end */
			printf("%.*s", (int)(address->length - before_path),
				address->file.sun_path);
		break;
	}
}

int socket_option(int socket, int option)
{
	int value;
	socklen_t size = sizeof value;

	if (getsockopt(socket, SOL_SOCKET, option, &value, &size) != 0)
		fail("getsockopt");
	return value;
}

bool send_all(int socket, const void *bytes, size_t length)
{
	const char *next = bytes;

	while (length > 0) {
		ssize_t sent = send(socket, next, length, 0);
		if (sent < 0)
			return false;
		next += sent;
		length -= (size_t)sent;
	}
	return true;
}

char *ask(const char *prompt, size_t *length)
{
	static char *line; /* getline(3) makes it as long as the line, and room tells how long */
	static size_t room;

	fputs(prompt, stdout);
	flush_output();
	ssize_t count = getline(&line, &room, stdin);
	if (count < 0 && !feof(stdin))
		fail("getline");
	if (count < 0)
		return NULL;

	char *first = line;
	char *end = line + count;
	while (first < end && isspace((unsigned char)*first))
		first++;
	while (first < end && isspace((unsigned char)end[-1]))
		end--;
	*length = (size_t)(end - first);
	return first;
}

void print_message(const struct address *sender, const char *text, size_t length)
{
	printf("a message from [");
	print_address(sender);
	printf("]: \033[1;44m");
	fwrite(text, 1, length, stdout);
	printf("\033[0m\n");
}

/* Blocks or lets through what ends a program by its user's hand. */
static void mask_signals(int how)
{
	sigset_t signals;

	if (sigemptyset(&signals) != 0 || sigaddset(&signals, SIGINT) != 0 ||
		sigaddset(&signals, SIGTERM) != 0 || sigprocmask(how, &signals, NULL) != 0)
		fail("sigprocmask");
}

/* Whatever the parent left: a shell, for one, has SIGINT ignored in what it starts with &. */
static void handle_signals(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	if (sigaction(SIGINT, &action, NULL) != 0 || sigaction(SIGTERM, &action, NULL) != 0)
		fail("sigaction");
	mask_signals(SIG_UNBLOCK);
}

/*
 * A handler that sets a flag for the main loop may come too late, when the loop has just looked at
 * it and goes to wait. This one ends the program where it stands, and the system closes what is
 * open. Not by exit(3): it writes out buffers, and a handler may interrupt just that.
 */
static void end_program(int number)
{
	(void)number;
	_exit(0);
}

void end_on_signal(void)
{
	handle_signals(end_program);
}

static struct address made_file;

static void remove_file(void)
{
	if (unlink(made_file.file.sun_path) != 0) {
		complain("unlink");
		_exit(1);
	}
}

static void remove_file_and_die(int number)
{
	(void)unlink(made_file.file.sun_path);
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

void hold_signals(void)
{
	mask_signals(SIG_BLOCK);
}

void remove_at_end(const struct address *file)
{
	made_file = *file;
	if (atexit(remove_file) != 0) {
		remove_file();
		fail("atexit");
	}
	handle_signals(remove_file_and_die);
}

void flush_output(void)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		fail("write");
}

void fail(const char *call)
{
	complain(call);
	exit(1);
}

void usage(const char *arguments)
{
	fprintf(stderr, "usage: %s %s\n", program, arguments);
	exit(2);
}
