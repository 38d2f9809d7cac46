/* What the demos share and what is not their lesson: arguments, addresses, errors, output. */
#include "common.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void prepare_standard_streams(void)
{
	if (fcntl(STDIN_FILENO, F_GETFD) < 0)
		fail("standard input");
	if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
		fail("standard output");
	if (fcntl(STDERR_FILENO, F_GETFD) < 0)
		fail("standard error");
	if (signal(SIGPIPE, SIG_IGN) == SIG_ERR)
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

void print_address(const struct address *address)
{
	char host[INET6_ADDRSTRLEN];

	if (address->generic.sa_family == AF_INET6) {
		if (inet_ntop(AF_INET6, &address->ipv6.sin6_addr, host, sizeof host) == NULL)
			fail("inet_ntop");
		printf("[%s]:%d", host, ntohs(address->ipv6.sin6_port));
	} else {
		if (inet_ntop(AF_INET, &address->ipv4.sin_addr, host, sizeof host) == NULL)
			fail("inet_ntop");
		printf("%s:%d", host, ntohs(address->ipv4.sin_port));
	}
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

void flush_output(void)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		fail("write");
}

void fail(const char *call)
{
	fprintf(stderr, "%s: %s: %s\n", program, call, strerror(errno));
	exit(1);
}

void usage(const char *arguments)
{
	fprintf(stderr, "usage: %s %s\n", program, arguments);
	exit(2);
}
