/* The UDP hello server, with faults. */
#include "fault.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int open_socket(const struct addrinfo *address)
{
	struct sockaddr_in *where = (struct sockaddr_in *)address->ai_addr;
	int handle = socket(address->ai_family, SOCK_DGRAM, 0);

	if (handle < 0)
		fail("socket");
	if (fault("is bound to 0.0.0.0"))
		where->sin_addr.s_addr = INADDR_ANY;
	if (fault("is bound to the next port"))
		where->sin_port = htons(9001);
	if (fault("sets SO_REUSEADDR"))
		set_option(handle, SO_REUSEADDR);
	if (fault("sets SO_REUSEPORT"))
		set_option(handle, SO_REUSEPORT);
	if (bind(handle, address->ai_addr, address->ai_addrlen) != 0)
		fail("bind");
	return handle;
}

/* The client to answer. */
struct client {
	struct sockaddr_storage address;
	socklen_t size;
};

static ssize_t receive_from(int handle, char *text, size_t size, struct client *client)
{
	client->size = sizeof client->address;
	ssize_t length =
		recvfrom(handle, text, size, 0, (struct sockaddr *)&client->address, &client->size);

	if (length < 0)
		fail("recvfrom");
	return length;
}

static size_t receive(int handle, char *text, size_t size, struct client *client)
{
	if (fault("receives without waiting, in a loop"))
		while (recv(handle, text, size, MSG_PEEK | MSG_DONTWAIT) < 0)
			if (errno != EAGAIN)
				fail("recv");
	if (fault("receives 2 bytes at most"))
		size = 2;
	if (fault("receives 1023 bytes at most"))
		size = 1023;
	ssize_t length = receive_from(handle, text, size, client);
	while (length == 0 && fault("ignores an empty datagram"))
		length = receive_from(handle, text, size, client);
	if (length == 0 && fault("takes an empty datagram for the end"))
		_exit(finish());
	if (length == 0 && fault("takes an empty datagram for an error"))
		fail("recvfrom");
	while (fault("merges what has arrived")) {
		ssize_t more = recv(handle, text + length, size - (size_t)length, MSG_DONTWAIT);
		if (more < 0)
			break;
		length += more;
	}
	return (size_t)length;
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
	if (fault("answers with an empty datagram"))
		return "";
	if (fault("answers with what it received"))
		return "hello";
	return "hi";
}

static void send_to(int handle, const char *text, size_t length, const struct client *client)
{
	if (sendto(handle, text, length, 0, (const struct sockaddr *)&client->address,
		    client->size) < 0)
		fail("sendto");
}

static void send_answer(int handle, struct client *client)
{
	struct sockaddr_in *to = (struct sockaddr_in *)&client->address;
	size_t length = strlen(answer());

	if (fault("sends no answer"))
		return;
	if (fault("answers from another port"))
		handle = socket(AF_INET, SOCK_DGRAM, 0);
	if (fault("answers the next port"))
		to->sin_port = htons((in_port_t)(ntohs(to->sin_port) + 1));
	if (fault("answers its own port"))
		to->sin_port = htons(9000);
	if (fault("answers with the NUL"))
		length++;
	if (fault("answers in two datagrams")) {
		send_to(handle, "h", 1, client);
		send_to(handle, "i", 1, client);
		return;
	}
	send_to(handle, answer(), length, client);
	if (fault("answers twice"))
		send_to(handle, "hi", 2, client);
}

int main(int argc, char *argv[])
{
	char text[1024];
	struct client client;
	int handle = open_socket(address_of(argc, argv, "9000"));
	size_t length = receive(handle, text, sizeof text, &client);

	print_line(text, length);
	send_answer(handle, &client);
	while (fault("answers each datagram that has arrived") &&
		recv(handle, text, sizeof text, MSG_DONTWAIT) >= 0)
		send_answer(handle, &client);
	if (fault("leaves its socket open in a child"))
		leave_a_child();
	if (close(handle) != 0)
		fail("close");
	return finish();
}
