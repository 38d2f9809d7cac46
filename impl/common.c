/* What the demos share and do not want to teach: addresses, standard streams, errors. */
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
	static const char *const names[] = {"standard input", "standard output", "standard error"};

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			fail(names[fd]);
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

/* Only digits: strtol(3) would also take a sign and spaces. Returns 0 when it is no port. */
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
	size_t length = colon != NULL ? (size_t)(colon - pair) : 0;

	if (length == 0 || length >= sizeof host)
		return false;
	memcpy(host, pair, length);
	host[length] = '\0';
	bool brackets = host[0] == '[' && host[length - 1] == ']';
	if (brackets)
		host[length - 1] = '\0';
	/* An IPv6 address has colons, and so needs brackets; an IPv4 address has neither. */
	return brackets == (strchr(host, ':') != NULL) &&
	       address_parse(address, brackets ? host + 1 : host, colon + 1);
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
	int family = address->generic.sa_family; /* of a peer without an address none of these */
	char host[INET6_ADDRSTRLEN];

	if (family == AF_INET) {
		if (inet_ntop(family, &address->ipv4.sin_addr, host, sizeof host) == NULL)
			fail("inet_ntop");
		printf("%s:%d", host, ntohs(address->ipv4.sin_port));
	} else if (family == AF_INET6) {
		if (inet_ntop(family, &address->ipv6.sin6_addr, host, sizeof host) == NULL)
			fail("inet_ntop");
		printf("[%s]:%d", host, ntohs(address->ipv6.sin6_port));
	} else if (family == AF_UNIX && address->length > before_path) {
		/* A long path has no NUL at its end. */
		printf("%.*s", (int)(address->length - before_path), address->file.sun_path);
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
