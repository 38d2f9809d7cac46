/*
 * Joins GROUP on an interface that the system chooses, and prints one datagram that came to it on
 * PORT: group_member GROUP PORT.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int join(int handle, const struct addrinfo *group)
{
	struct group_req request = {.gr_interface = 0};

	memcpy(&request.gr_group, group->ai_addr, group->ai_addrlen);
	return setsockopt(handle, group->ai_family == AF_INET6 ? IPPROTO_IPV6 : IPPROTO_IP,
		MCAST_JOIN_GROUP, &request, sizeof request);
}

int main(int count, char *arguments[])
{
	struct addrinfo hints = {.ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST}, *group;
	struct sockaddr_in6 any = {.sin6_family = AF_INET6};
	struct sockaddr_in any4 = {.sin_family = AF_INET};
	char text[64];

	if (count != 3 || getaddrinfo(arguments[1], arguments[2], &hints, &group) != 0)
		return 2;
	any.sin6_port = any4.sin_port = htons((in_port_t)strtoul(arguments[2], NULL, 10));
	int handle = socket(group->ai_family, SOCK_DGRAM, 0);
	int bound = group->ai_family == AF_INET6
			    ? bind(handle, (struct sockaddr *)&any, sizeof any)
			    : bind(handle, (struct sockaddr *)&any4, sizeof any4);
	if (bound != 0 || join(handle, group) != 0) {
		perror("join");
		return 1;
	}
	ssize_t length = recv(handle, text, sizeof text, 0);
	return length < 0 || printf("%.*s\n", (int)length, text) < 0;
}
