/* Sockets as a message lists them: whose they are, their state, those that matter first. */
#ifndef WIRECHECK_SOCKET_LIST_H
#define WIRECHECK_SOCKET_LIST_H

#include "base/buffer.h"
#include "kernel/processes.h"
#include "kernel/sockets.h"

#include <stddef.h>

/* How a list is to be. */
struct socket_listing {
	enum socket_state
		sought; /* sockets of the case's ports in this state come first; 0: none */
	size_t maximum; /* how many are shown; "and 3 more" stands for the others */
	const char *before, *between, *behind; /* each one, and two of them */
};

/* A list in one line, for a failure that sought this state. */
struct socket_listing socket_list_in_line(enum socket_state sought);

/*
 * Appends the sockets of a reading that are the case's: the ones on its ports before others, and
 * TIME-WAIT last. `processes` are those that may hold them. Appends nothing when there is none;
 * returns how many there were.
 */
size_t socket_list(struct buffer *out, const struct sockets *sockets,
	const struct processes *processes, const struct socket_listing *listing);

/*
 * Appends one socket without its holder: "TCP 127.0.0.1:8898 in LISTEN", "TCP 127.0.0.1:8898 to
 * 127.0.0.1:40000 in ESTABLISHED with 5 bytes not taken".
 */
void socket_describe(struct buffer *out, const struct socket_fact *fact);

#endif
