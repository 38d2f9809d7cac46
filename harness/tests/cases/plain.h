/*
 * The other side of a case that fails on purpose. It uses plain sockets, so that only the lines of
 * the case decide what crosses the wire, and in which order. A call that fails ends the case's
 * process, and the kept example then shows that.
 */
#ifndef WIRECHECK_PLAIN_H
#define WIRECHECK_PLAIN_H

#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static inline int plain_check(int result)
{
	if (result < 0)
		_exit(99);
	return result;
}

/* A socket bound to 127.0.0.1. With SOCK_STREAM it also listens. */
static inline int plain_server(int type, uint16_t port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int server = plain_check(socket(AF_INET, type | SOCK_CLOEXEC, 0));

	plain_check(bind(server, (struct sockaddr *)&address, sizeof address));
	if (type == SOCK_STREAM)
		plain_check(listen(server, 8));
	return server;
}

/* Accepts the connection that a client has already opened. */
static inline int plain_accept(int server)
{
	return plain_check(accept4(server, NULL, NULL, SOCK_CLOEXEC));
}

static inline void plain_send(int peer, const char *text)
{
	plain_check((int)send(peer, text, strlen(text), MSG_NOSIGNAL));
}

/* Sends one datagram of `length` bytes, at most 50,000. */
static inline void plain_send_to(uint16_t port, size_t length)
{
	static const char payload[50000];
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int sender = plain_check(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));

	plain_check((int)sendto(
		sender, payload, length, 0, (struct sockaddr *)&address, sizeof address));
	plain_check(close(sender));
}

/*
 * Sends this many megabytes, more than the capture's ring holds (RING_MIB in worker/ring.c). No
 * verb is called meanwhile, so the harness cannot read the capture.
 */
static inline void plain_flood(uint16_t port, int megabytes)
{
	for (int i = 0; i < 20 * megabytes; i++)
		plain_send_to(port, 50000);
}

static inline void plain_close(int descriptor)
{
	plain_check(close(descriptor));
}

/* Closes a connection with RST (socket(7) SO_LINGER with 0 seconds). */
static inline void plain_reset(int peer)
{
	struct linger now = {.l_onoff = 1};

	plain_check(setsockopt(peer, SOL_SOCKET, SO_LINGER, &now, sizeof now));
	plain_close(peer);
}

#endif
