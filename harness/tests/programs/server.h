/*
 * What the servers in this folder share: a listening socket on 127.0.0.1, and an exit on any error.
 */
#ifndef WIRECHECK_PROGRAMS_SERVER_H
#define WIRECHECK_PROGRAMS_SERVER_H

#include <arpa/inet.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static inline int check(int result, const char *call)
{
	if (result >= 0)
		return result;
	perror(call);
	exit(1);
}

/* A listening socket with SO_REUSEADDR, as most servers have. */
static inline int listen_at(uint16_t port)
{
	const struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int on = 1, listener = check(socket(AF_INET, SOCK_STREAM, 0), "socket");

	check(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
	check(bind(listener, (const struct sockaddr *)&address, sizeof address), "bind");
	check(listen(listener, 5), "listen");
	return listener;
}

static inline int accept_from(int listener)
{
	return check(accept(listener, NULL, NULL), "accept");
}

/* Sends back whatever comes, until the peer's end of stream. */
static inline void echo(int client)
{
	char bytes[512];
	ssize_t length;

	while ((length = recv(client, bytes, sizeof bytes, 0)) > 0)
		check((int)send(client, bytes, (size_t)length, MSG_NOSIGNAL), "send");
}

#endif
