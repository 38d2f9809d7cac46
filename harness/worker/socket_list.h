/*
 * A list of sockets for a message: who holds each, and its state; the most important ones first.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_SOCKET_LIST_H
#define WIRECHECK_SOCKET_LIST_H

#include "base/buffer.h"
#include "kernel/processes.h"
#include "kernel/sockets.h"

#include <stddef.h>

/* How a list looks. */
struct socket_listing {
	enum socket_state
		sought; /* sockets of the case's ports in this state come first; 0: no state */
	size_t maximum; /* how many are shown; "and 3 more" stands for the others */
	const char *before, *between, *after; /* texts around each socket, and between two */
};

/* A list in one line, for a failure about this state. */
struct socket_listing socket_list_in_line(enum socket_state sought);

/*
 * Appends those sockets of a reading that are the case's. Sockets on its ports come first, and
 * those in TIME-WAIT last. `processes` are the ones that may hold them. Returns how many sockets
 * the case has. Appends nothing when it has none.
 */
size_t socket_list(struct buffer *out, const struct sockets *sockets,
	const struct processes *processes, const struct socket_listing *listing);

/*
 * Appends one socket without its holder: "TCP 127.0.0.1:8898 in LISTEN", or "TCP 127.0.0.1:8898 to
 * 127.0.0.1:40000 in ESTABLISHED with 5 bytes not taken".
 */
void socket_describe(struct buffer *out, const struct socket_fact *fact);

#endif
