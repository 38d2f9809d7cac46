/* Who the sides of a case were, by address: for readers of its capture file. */
#ifndef WIRECHECK_SIDES_H
#define WIRECHECK_SIDES_H

#include "base/address.h"
#include "wire/pcapng.h"

#include <stdbool.h>
#include <stddef.h>

#define PAIRS_MAXIMUM 64
#define HOSTS_MAXIMUM 32

/* Two that talked to each other. */
struct pair {
	struct address client, server;
};

/* An address without its port, and which sides were there. */
struct host {
	struct address address;
	bool is_client, is_server;
	bool is_untold; /* somebody was there, and it is not known which side */
};

struct sides {
	struct pair pairs[PAIRS_MAXIMUM];
	size_t pair_count;
	bool more; /* there were more pairs */
	struct host hosts[HOSTS_MAXIMUM];
	size_t host_count;
};

/*
 * Finds the sides of the running case's connections, and of its datagrams on the ports that it
 * named.
 */
void sides_find(struct sides *sides);

/*
 * Fills `names`, room for HOSTS_MAXIMUM, with an address of a host and a name: CLIENT, SERVER, or
 * CLIENT+SERVER where both sides were at one address, as on 127.0.0.1. Returns how many there are;
 * the names are static.
 */
size_t sides_names(const struct sides *sides, struct pcapng_name names[]);

#endif
