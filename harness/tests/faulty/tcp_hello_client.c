/* The TCP hello client, with faults. */
#include "fault.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Connects to an address and closes again, as a client that tries a list of addresses does. */
static void try(const char *host)
{
	struct addrinfo *other;

	if (getaddrinfo(host, "8898", NULL, &other) != 0)
		return;
	int handle = socket(other->ai_family, SOCK_STREAM, 0);
	connect(handle, other->ai_addr, other->ai_addrlen);
	close(handle);
}

static void connect_to(int connection, const struct addrinfo *server)
{
	if (fault("connects to the next port"))
		((struct sockaddr_in *)server->ai_addr)->sin_port = htons(8899);
	if (fault("tries ::1 first"))
		try("::1");
	if (fault("tries whether the server is there first"))
		try("127.0.0.1");
	int failed = connect(connection, server->ai_addr, server->ai_addrlen);
	if (failed != 0 && fault("connects again when refused"))
		failed = connect(connection, server->ai_addr, server->ai_addrlen);
	while (failed != 0 && fault("connects until it succeeds")) {
		poll(NULL, 0, 10);
		failed = connect(connection, server->ai_addr, server->ai_addrlen);
	}
	if (failed != 0)
		fail("connect");
}

static const char *greeting(void)
{
	if (fault("greets with one byte changed"))
		return "hallo";
	if (fault("greets with a capital letter"))
		return "Hello";
	if (fault("greets with a newline"))
		return "hello\n";
	if (fault("greets one byte short"))
		return "hell";
	if (fault("greets with one byte more"))
		return "hello!";
	return "hello";
}

static void send_greeting(int connection)
{
	size_t length = strlen(greeting());

	if (fault("greets with the NUL"))
		length++;
	if (send(connection, greeting(), length, 0) < 0)
		fail("send");
	if (fault("greets twice") && send(connection, "hello", 5, 0) < 0)
		fail("send");
	if (fault("half-closes after the greeting"))
		shutdown(connection, SHUT_WR);
}

static ssize_t receive(int connection, char *text, size_t size)
{
	if (fault("closes before the answer"))
		close(connection);
	if (fault("ends before the answer"))
		_exit(0);
	if (fault("receives without waiting, in a loop"))
		while (recv(connection, text, size, MSG_PEEK | MSG_DONTWAIT) < 0)
			if (errno != EAGAIN)
				fail("recv");
	if (fault("receives 1 byte at most"))
		size = 1;
	ssize_t length = recv(connection, text, size, 0);
	if (length < 0 && fault("takes a reset for the end of the stream"))
		length = 0;
	if (length < 0 || (length == 0 && fault("takes the end of the stream for an error")))
		fail("recv");
	return length;
}

static void end(int connection)
{
	if (fault("says goodbye"))
		send(connection, "bye", 3, MSG_NOSIGNAL);
	if (fault("resets the connection"))
		setsockopt(connection, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0},
			sizeof(struct linger));
	if (fault("leaves the connection open in a child"))
		leave_a_child();
	if (close(connection) != 0)
		fail("close");
}

int main(int argc, char *argv[])
{
	char text[1024];
	const struct addrinfo *server = address_of(argc, argv, "8898");
	int connection = socket(server->ai_family, SOCK_STREAM, 0);

	if (connection < 0)
		fail("socket");
	connect_to(connection, server);
	send_greeting(connection);
	ssize_t length = receive(connection, text, sizeof text);
	print_line(text, (size_t)length);
	end(connection);
	return finish();
}
