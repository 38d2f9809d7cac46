/*
 * The search for a socket of the kernel's: the condition of a wait, and what was found instead.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_SOCKET_SEARCH_H
#define WIRECHECK_SOCKET_SEARCH_H

#include "base/address.h"
#include "base/buffer.h"
#include "base/protocol.h"
#include "base/socket_state.h"

#include <stdbool.h>
#include <stdint.h>

/* A socket that is waited for. */
struct awaited_socket {
	enum protocol protocol;
	uint16_t port;
	enum socket_state state;
	const struct address *at; /* its local address; NULL: any */
};

/* Whether there is such a socket now; the argument is a struct awaited_socket. */
bool socket_is_there(void *argument);

/* The opposite. */
bool socket_is_gone(void *argument);

/* One that takes what comes from anybody to this port, at any address. */
struct awaited_socket listener_of(enum protocol protocol, uint16_t port);

/* Waits for one of these two conditions, as wait_for does. */
bool wait_for_socket(bool (*met)(void *argument), struct awaited_socket *awaited);

/*
 * Appends the sockets of a protocol that there are now, with who holds them. Those on the case's
 * ports in the state `awaited` come first.
 */
void sockets_describe(struct buffer *out, enum protocol protocol, enum socket_state awaited);

#endif
