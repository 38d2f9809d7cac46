/* The UDP hello client, with faults. */
#include "fault.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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
	if (fault("greets with an empty datagram"))
		return "";
	return "hello";
}

static void send_to(int handle, const char *text, size_t length, const struct addrinfo *server)
{
	if (sendto(handle, text, length, 0, server->ai_addr, server->ai_addrlen) < 0)
		fail("sendto");
}

static void send_greeting(int handle, const struct addrinfo *server)
{
	size_t length = strlen(greeting());

	if (fault("greets the next port"))
		((struct sockaddr_in *)server->ai_addr)->sin_port = htons(9001);
	if (fault("sends an empty datagram first"))
		send_to(handle, "", 0, server);
	if (fault("greets with the NUL"))
		length++;
	if (fault("greets in two datagrams")) {
		send_to(handle, "hel", 3, server);
		send_to(handle, "lo", 2, server);
		return;
	}
	send_to(handle, greeting(), length, server);
	if (fault("greets twice"))
		send_to(handle, "hello", 5, server);
}

static void print_answer(const char *text, int length, const struct sockaddr_storage *sender)
{
	char line[2048], host[INET6_ADDRSTRLEN], port[16];
	const struct sockaddr *from = (const struct sockaddr *)sender;

	if (getnameinfo(from, sizeof *sender, host, sizeof host, port, sizeof port,
		    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		fail("getnameinfo");
	if (fault("prints the port in network order"))
		snprintf(port, sizeof port, "%d", ((const struct sockaddr_in *)sender)->sin_port);
	if (fault("prints the sender first"))
		snprintf(line, sizeof line, "%s:%s %.*s", host, port, length, text);
	else if (fault("prints no port"))
		snprintf(line, sizeof line, "%.*s %s", length, text, host);
	else if (fault("prints no sender"))
		snprintf(line, sizeof line, "%.*s", length, text);
	else if (from->sa_family == AF_INET6 && !fault("prints an IPv6 address without brackets"))
		snprintf(line, sizeof line, "%.*s [%s]:%s", length, text, host, port);
	else
		snprintf(line, sizeof line, "%.*s %s:%s", length, text, host, port);
	print_line(line, strlen(line));
}

int main(int argc, char *argv[])
{
	char text[1024];
	struct sockaddr_storage sender = {0};
	socklen_t size = sizeof sender;
	const struct addrinfo *server = address_of(argc, argv, "9000");
	int handle = socket(server->ai_family, SOCK_DGRAM, 0);

	if (handle < 0)
		fail("socket");
	send_greeting(handle, server);
	if (fault("does not wait for the answer"))
		return finish();
	size_t room = fault("receives 1 byte at most") ? 1 : sizeof text;
	ssize_t length = recvfrom(handle, text, room, 0, (struct sockaddr *)&sender, &size);
	if (length < 0)
		fail("recvfrom");
	print_answer(text, (int)length, &sender);
	if (fault("thanks for the answer"))
		send_to(handle, "thanks", 6, server);
	if (close(handle) != 0)
		fail("close");
	return finish();
}
