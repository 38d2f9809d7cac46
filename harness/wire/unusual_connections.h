/* Picks from many connections those that a reader wants to see: the ones that differ. */
#ifndef WIRECHECK_UNUSUAL_CONNECTIONS_H
#define WIRECHECK_UNUSUAL_CONNECTIONS_H

#include "wire/connections.h"

#include <stddef.h>

/* How much a reader wants to see of a connection. */
enum interest { NO_INTEREST, SOME_INTEREST, MOST_INTEREST };

/*
 * Picks at most `maximum` of the connections for which `interest` is not NO_INTEREST. If there are
 * no more than that, it picks all of them, in their order. Otherwise those of most interest come
 * first. Among these, rare ones come first: few others opened, closed, were reset and sent bytes in
 * the same way. Returns how many it picked. `total` is how many there were.
 */
size_t unusual_connections(const struct connections *connections,
	enum interest (*interest)(const struct connection *connection, const void *argument),
	const void *argument, const struct connection *picked[], size_t maximum, size_t *total);

#endif
