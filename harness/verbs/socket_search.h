/* The search for a socket of the kernel's: the condition of a wait, and what was found instead. */
#ifndef WIRECHECK_SOCKET_SEARCH_H
#define WIRECHECK_SOCKET_SEARCH_H

#include "base/address.h"
#include "base/buffer.h"
#include "base/protocol.h"
#include "base/socket_state.h"

#include <stdbool.h>
#include <stdint.h>

/* A socket that is looked for. */
struct sought_socket {
	enum protocol protocol;
	uint16_t port;
	enum socket_state state;
	const struct address *at; /* its local address; NULL: any */
};

/* Whether there is such a socket now; the argument is a struct sought_socket. */
bool socket_is_there(void *argument);

/* The opposite. */
bool socket_is_gone(void *argument);

/*
 * Appends the sockets of a protocol that there are now, with who holds them. Those on the case's
 * ports that are in the state `sought` come first.
 */
void sockets_describe(struct buffer *out, enum protocol protocol, enum socket_state sought);

#endif
