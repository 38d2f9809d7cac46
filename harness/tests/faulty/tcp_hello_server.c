/* The TCP hello server, with faults. */
#include "fault.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void bind_to(int listener, const struct addrinfo *address)
{
	struct sockaddr_in *where = (struct sockaddr_in *)address->ai_addr;

	if (fault("listens on 0.0.0.0"))
		where->sin_addr.s_addr = INADDR_ANY;
	if (fault("listens on the next port"))
		where->sin_port = htons(8899);
	if (fault("sets SO_REUSEADDR"))
		set_option(listener, SO_REUSEADDR);
	if (fault("sets SO_REUSEPORT"))
		set_option(listener, SO_REUSEPORT);
	while (bind(listener, address->ai_addr, address->ai_addrlen) != 0) {
		if (fault("ignores that bind failed"))
			break;
		if (fault("takes any address for one that is not there")) {
			where->sin_addr.s_addr = INADDR_ANY;
			continue;
		}
		if (!fault("tries to bind again and again"))
			fail("bind");
		poll(NULL, 0, 10);
	}
}

static int open_listener(const struct addrinfo *address)
{
	int listener = socket(address->ai_family, SOCK_STREAM, 0);

	if (listener < 0)
		fail("socket");
	bind_to(listener, address);
	if (listen(listener, fault("listens with a backlog of 0") ? 0 : SOMAXCONN) != 0)
		fail("listen");
	return listener;
}

static const char *answer(void)
{
	if (fault("answers with one byte changed"))
		return "ho";
	if (fault("answers in capitals"))
		return "HI";
	if (fault("answers with a newline"))
		return "hi\n";
	if (fault("answers one byte short"))
		return "h";
	if (fault("answers with the greeting"))
		return "hello";
	if (fault("sends no answer"))
		return "";
	return "hi";
}

static void send_answer(int connection)
{
	size_t length = strlen(answer());

	if (fault("is killed by SIGPIPE"))
		signal(SIGPIPE, SIG_DFL);
	if (fault("answers with the NUL"))
		length++;
	if (send(connection, answer(), length, 0) < 0 &&
		!fault("does not check whether it could answer"))
		fail("send");
	if (fault("answers twice") && send(connection, "hi", 2, 0) < 0)
		fail("send");
}

static ssize_t receive(int connection, char *text, size_t size)
{
	if (fault("receives without waiting, in a loop"))
		while (recv(connection, text, size, MSG_PEEK | MSG_DONTWAIT) < 0)
			if (errno != EAGAIN)
				fail("recv");
	if (fault("receives 3 bytes at most"))
		size = 3;
	if (fault("receives 1023 bytes at most"))
		size = 1023;
	ssize_t length = recv(connection, text, size, 0);
	if (length < 0 && fault("takes a reset for the end of the stream"))
		length = 0;
	if (length < 0)
		fail("recv");
	if (fault("receives until the end of the stream"))
		while (recv(connection, text, size, 0) > 0)
			;
	return length;
}

static void end(int connection)
{
	char rest[1024];

	if (fault("resets the connection"))
		setsockopt(connection, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0},
			sizeof(struct linger));
	if (fault("leaves the connection open in a child"))
		leave_a_child();
	if (fault("half-closes and waits for the client"))
		shutdown(connection, SHUT_WR);
	if (fault("half-closes and waits for the client") ||
		fault("waits for the client to close first"))
		while (recv(connection, rest, sizeof rest, 0) > 0)
			;
	if (close(connection) != 0)
		fail("close");
}

/* epoll_wait(2) is one of the calls that fail when a stopped program is continued. */
static void wait_by_epoll(int listener)
{
	struct epoll_event event = {.events = EPOLLIN};
	int handle = epoll_create1(0);

	if (handle < 0 || epoll_ctl(handle, EPOLL_CTL_ADD, listener, &event) != 0 ||
		epoll_wait(handle, &event, 1, -1) < 0)
		fail("epoll_wait");
	close(handle);
}

int main(int argc, char *argv[])
{
	char text[1024];
	int listener = open_listener(address_of(argc, argv, "8898"));

	if (fault("takes a stop for an error"))
		wait_by_epoll(listener);
	int connection = accept(listener, NULL, NULL);

	if (connection < 0)
		fail("accept");
	if (fault("answers before the request"))
		send_answer(connection);
	ssize_t length = receive(connection, text, sizeof text);
	for (ssize_t i = 0; i < length; i++)
		if (fault("prints ? for what is not ASCII") && !isascii((unsigned char)text[i]))
			text[i] = '?';
	print_line(text, (size_t)length);
	if (!fault("answers before the request"))
		send_answer(connection);
	end(connection);
	if (fault("serves one client after the other"))
		accept(listener, NULL, NULL);
	return finish();
}
