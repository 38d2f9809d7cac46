/* Of many connections those that a reader wants to see: the ones that differ from the rest. */
#ifndef WIRECHECK_UNUSUAL_CONNECTIONS_H
#define WIRECHECK_UNUSUAL_CONNECTIONS_H

#include "wire/connections.h"

#include <stdbool.h>
#include <stddef.h>

/* How much a reader wants to see of a connection. */
enum interest { NO_INTEREST, SOME_INTEREST, MOST_INTEREST };

/*
 * Picks at most `maximum` of the connections in which `interest` sees some. All of them, in their
 * order, when there are no more; otherwise those of most interest first, then those of which fewest
 * went the same way, by opening, close, reset and who sent bytes. Returns how many it picked;
 * `total` is how many there were.
 */
size_t unusual_connections(const struct connections *connections,
	enum interest (*interest)(const struct connection *connection, const void *argument),
	const void *argument, const struct connection *picked[], size_t maximum, size_t *total);

#endif
