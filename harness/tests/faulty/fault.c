/* What the faulty programs share: which fault is asked for, and how a program prints and ends. */
#include "fault.h"

#include <arpa/inet.h>
#include <ctype.h>
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

/* Whether PORT is digits only and HOST an address for inet_pton(3). getaddrinfo(3) takes more. */
static bool are_plain(const char *host, const char *port)
{
	unsigned char raw[16];
	long number = strtol(port, NULL, 10);

	return port[strspn(port, "0123456789")] == '\0' && number >= 1 && number <= 65535 &&
	       (inet_pton(AF_INET, host, raw) == 1 || inet_pton(AF_INET6, host, raw) == 1);
}

struct addrinfo *address_of(int argc, char *argv[], const char *port)
{
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
	struct addrinfo *address = NULL;
	const char *host = argc > 1 ? argv[1] : "127.0.0.1";

	if (fault("ignores HOST"))
		host = "127.0.0.1";
	if (fault("ignores PORT"))
		argc = argc > 2 ? 2 : argc;
	if (fault("knows only IPv4"))
		hints.ai_family = AF_INET;
	signal(SIGPIPE, SIG_IGN);
	bool plain = are_plain(host, argc > 2 ? argv[2] : port);
	if (fault("looks names up")) {
		hints.ai_flags = 0;
		plain = true;
	}
	if (argc > 3 || !plain ||
		getaddrinfo(host, argc > 2 ? argv[2] : port, &hints, &address) != 0) {
		fprintf(stderr, "usage: %s [HOST [PORT]]\n", program_invocation_short_name);
		exit(2);
	}
	return address;
}

void fail(const char *call)
{
	const char *reason = strerror(errno);
	FILE *where = stderr;

	if (fault("reports an error on standard output"))
		where = stdout;
	if (fault("reports an error without its reason"))
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
	if (fflush(stdout) != 0 && !fault("does not check whether it could print"))
		fail("write");
}

static void send_besides(int type)
{
	struct sockaddr_in elsewhere = {.sin_family = AF_INET, .sin_port = htons(514)};
	int handle = socket(AF_INET, type, 0);

	elsewhere.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (handle < 0)
		fail("socket");
	/* Nobody listens there: a connection is refused, and a datagram gets lost. */
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

int open_bound(const struct addrinfo *address)
{
	struct sockaddr_in *where = (struct sockaddr_in *)address->ai_addr;
	int handle = socket(address->ai_family, SOCK_DGRAM, 0);

	if (handle < 0)
		fail("socket");
	if (fault("receives errors about clients that left") &&
		setsockopt(handle, IPPROTO_IP, IP_RECVERR, &(int){1}, sizeof(int)) != 0)
		fail("setsockopt");
	if (fault("is bound to 0.0.0.0"))
		where->sin_addr.s_addr = INADDR_ANY;
	if (fault("sets SO_REUSEADDR"))
		set_option(handle, SO_REUSEADDR);
	if (strcmp(program_invocation_short_name, "udp_time_server") == 0 &&
		!fault("does not set SO_REUSEADDR"))
		set_option(
			handle, fault("sets SO_REUSEPORT instead") ? SO_REUSEPORT : SO_REUSEADDR);
	if (bind(handle, address->ai_addr, address->ai_addrlen) != 0)
		fail("bind");
	return handle;
}

size_t receive_datagram(int handle, char text[1024], struct peer *peer)
{
	peer->size = sizeof peer->address;
	ssize_t length =
		recvfrom(handle, text, 1024, 0, (struct sockaddr *)&peer->address, &peer->size);

	if (length < 0)
		fail("recvfrom");
	return (size_t)length;
}

void send_datagram(int handle, const char *text, size_t length, const struct peer *peer)
{
	if (sendto(handle, text, length, 0, (const struct sockaddr *)&peer->address, peer->size) <
		0)
		fail("sendto");
}

/* The line without white space at its ends, or, by a fault, as it was read. */
static char *trimmed(char *line)
{
	if (fault("sends the newline"))
		return line;
	line[strcspn(line, "\n")] = '\0';
	if (fault("does not trim the line"))
		return line;
	while (isspace((unsigned char)*line))
		line++;
	for (size_t length = strlen(line); length > 0 && isspace((unsigned char)line[length - 1]);)
		line[--length] = '\0';
	return line;
}

char *ask(const char *prompt)
{
	static char *line;
	static size_t room;

	if (fault("does not flush its prompts"))
		setvbuf(stdout, NULL, _IOFBF, 65536);
	if (!fault("has no prompts"))
		fputs(prompt, stdout);
	if (fault("prints a newline after its prompts"))
		putchar('\n');
	if (!fault("does not flush its prompts") && fflush(stdout) != 0)
		fail("write");
	return getline(&line, &room, stdin) < 0 ? NULL : trimmed(line);
}

static void print_text(const char *text, size_t length)
{
	bool ascii_alone = fault("prints ? for what is not ASCII");

	for (size_t i = 0; i < length; i++)
		if (fault("ends at text that is not ASCII") && !isascii((unsigned char)text[i]))
			fail("decode");
	for (size_t i = 0; i < length; i++)
		putchar(ascii_alone && !isascii((unsigned char)text[i]) ? '?' : text[i]);
}

void print_message(const struct peer *peer, const char *text, size_t length)
{
	const struct sockaddr_in *from = (const struct sockaddr_in *)&peer->address;
	const char *colour = fault("leaves out the colours") ? "" : "\033[1;44m";
	const char *plain = fault("leaves the colour on") || *colour == '\0' ? "" : "\033[0m";
	char copy[1025];

	if (fault("uses another colour"))
		colour = "\033[1;34m";
	if (from->sin_family == AF_INET6) {
		char host[INET6_ADDRSTRLEN];
		const struct sockaddr_in6 *from6 = (const struct sockaddr_in6 *)&peer->address;
		inet_ntop(AF_INET6, &from6->sin6_addr, host, sizeof host);
		bool bare = fault("prints an IPv6 address without brackets");
		printf("a message from [%s%s%s:%d]: %s", bare ? "" : "[", host, bare ? "" : "]",
			ntohs(from6->sin6_port), colour);
	} else {
		printf("a message from [%s:%d]: %s", inet_ntoa(from->sin_addr),
			fault("prints the port in network order") ? from->sin_port
								  : ntohs(from->sin_port),
			colour);
	}
	snprintf(copy, sizeof copy, "%.*s", (int)length, text);
	if (fault("prints the text as a format"))
		for (char *conversion; (conversion = strchr(copy, '%')) != NULL;)
			memmove(conversion, conversion + 1, strlen(conversion));
	print_text(copy, strlen(copy));
	printf("%s\n", plain);
}

static void end(int number)
{
	(void)number;
	_exit(fault("exits with 1 on a signal") ? 1 : 0);
}

void hold_signals(bool hold)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &signals, NULL);
}

void end_on_signals(void)
{
	if (fault("is killed by SIGTERM"))
		return;
	signal(SIGINT, end);
	signal(SIGTERM, fault("ignores SIGTERM") ? SIG_IGN : end);
}

struct sockaddr_un address_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t at = fault("is bound to an abstract name") ? 1 : 0;

	snprintf(address.sun_path + at, sizeof address.sun_path - at, "%s", path);
	return address;
}
