/* The TCP hello server that can restart, with faults. */
#include "fault.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void set_options(int listener)
{
	if (fault("does not set SO_REUSEADDR") || fault("sets SO_REUSEADDR after bind") ||
		fault("sets SO_REUSEADDR on the connection"))
		return;
	if (fault("sets SO_REUSEPORT instead") || fault("sets SO_REUSEPORT too"))
		set_option(listener, SO_REUSEPORT);
	if (!fault("sets SO_REUSEPORT instead"))
		set_option(listener, SO_REUSEADDR);
}

static int open_listener(struct addrinfo *address)
{
	if (fault("listens on ::"))
		getaddrinfo("::", "8898", &(struct addrinfo){.ai_family = AF_INET6}, &address);

	int listener = socket(address->ai_family, SOCK_STREAM, 0);
	if (listener < 0)
		fail("socket");
	set_options(listener);
	if (bind(listener, address->ai_addr, address->ai_addrlen) != 0 &&
		!fault("ignores that bind failed"))
		fail("bind");
	if (fault("sets SO_REUSEADDR after bind"))
		set_option(listener, SO_REUSEADDR);
	if (listen(listener, fault("listens with a backlog of 1") ? 1 : SOMAXCONN) != 0)
		fail("listen");
	return listener;
}

static void send_answer(int connection)
{
	const char *answer = "hi";

	if (fault("answers with a capital letter"))
		answer = "Hi";
	if (fault("answers with a carriage return and a newline"))
		answer = "hi\r\n";
	if (send(connection, answer, strlen(answer), 0) < 0)
		fail("send");
	if (fault("says more before it closes") && send(connection, "bye", 3, 0) < 0)
		fail("send");
}

static ssize_t receive(int connection, char *text, size_t size)
{
	if (fault("receives 10 bytes at most"))
		size = 10;
	ssize_t length =
		recv(connection, text, size, fault("waits for 1024 bytes") ? MSG_WAITALL : 0);
	if (length < 0)
		fail("recv");
	return length;
}

static void end(int connection)
{
	char rest[1024];

	if (fault("resets the connection, to leave no TIME-WAIT"))
		setsockopt(connection, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0},
			sizeof(struct linger));
	if (fault("half-closes and waits for the client"))
		shutdown(connection, SHUT_WR);
	if (fault("half-closes and waits for the client") ||
		fault("waits for the client to close first"))
		while (recv(connection, rest, sizeof rest, 0) > 0)
			;
	if (close(connection) != 0)
		fail("close");
}

int main(int argc, char *argv[])
{
	char text[1024];
	int listener = open_listener(address_of(argc, argv, "8898"));
	int connection = accept(listener, NULL, NULL);

	if (connection < 0)
		fail("accept");
	if (fault("sets SO_REUSEADDR on the connection"))
		set_option(connection, SO_REUSEADDR);
	if (fault("answers before the request"))
		send_answer(connection);
	ssize_t length = receive(connection, text, sizeof text);
	print_line(text, (size_t)length);
	if (!fault("answers before the request"))
		send_answer(connection);
	end(connection);
	if (fault("leaves the listener open in a child"))
		leave_a_child();
	return finish();
}
