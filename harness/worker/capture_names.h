/*
 * The names that a capture file gives to addresses: which of them were CLIENT and SERVER.
 *
 * Tested by test_capture_file.c.
 */
#ifndef WIRECHECK_CAPTURE_NAMES_H
#define WIRECHECK_CAPTURE_NAMES_H

#include "base/address.h"
#include "wire/pcapng.h"

#include <stdbool.h>
#include <stddef.h>

#define PAIRS_MAXIMUM 64
#define HOSTS_MAXIMUM 32

/* Two addresses that talked to each other. */
struct pair {
	struct address client, server;
};

/* An address without its port, and which sides were there. */
struct host {
	struct address address;
	bool is_client, is_server;
	bool has_unknown_side; /* a side was there, and it is not known which one */
};

/* The addresses of a case, in pairs and one by one. */
struct capture_names {
	struct pair pairs[PAIRS_MAXIMUM];
	size_t pair_count;
	bool more; /* there were more pairs than these */
	struct host hosts[HOSTS_MAXIMUM];
	size_t host_count;
};

/*
 * Finds the sides of the running case's connections, and of its datagrams on the ports that it
 * named.
 */
void capture_names_find(struct capture_names *names);

/*
 * Fills `list`, which has room for HOSTS_MAXIMUM, with addresses and their names: CLIENT, SERVER,
 * or CLIENT+SERVER when both sides were at one address, as on 127.0.0.1. Returns how many there
 * are. The names are static texts.
 */
size_t capture_names_list(const struct capture_names *names, struct pcapng_name list[]);

#endif
