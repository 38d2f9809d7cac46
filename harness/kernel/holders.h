/* Which processes have sockets open, and how the sockets are set: by /proc and pidfd_getfd(2). */
#ifndef WIRECHECK_HOLDERS_H
#define WIRECHECK_HOLDERS_H

#include "kernel/processes.h"
#include "kernel/sockets.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOLDERS_SHOWN 3

/* One process that has a socket open; pid is that of the caller for a socket of the case itself. */
struct holder {
	pid_t pid;
	int descriptor; /* there */
	char name[64];
};

/* Who has the socket with this inode open. The caller fills in `inode`. */
struct holders {
	uint32_t inode;
	struct holder first[HOLDERS_SHOWN];
	size_t count; /* of processes, those that are not in `first` too */
};

/*
 * Finds out who of the processes, or the caller itself, holds each of these sockets. Of very many
 * descriptors not all are looked at; false then.
 */
bool holders_find(struct holders *holders, size_t count, const struct processes *processes);

/*
 * A descriptor of the caller's for the socket, by the first of its holders, which the caller
 * closes. -1: nobody holds it, or the kernel does not hand it over; errno is that of
 * pidfd_getfd(2).
 */
int holders_open(const struct holders *holders);

/* How the address of a socket was made shareable. */
struct sharing {
	bool reuse_address, reuse_port; /* SO_REUSEADDR, SO_REUSEPORT (socket(7)) */
};

/* Asks the socket itself. False when nobody holds it, or the kernel does not hand it over. */
bool holders_sharing(const struct holders *holders, struct sharing *sharing);

/* The same for a socket of which nobody knows yet who holds it. */
bool socket_sharing(
	const struct socket_fact *fact, const struct processes *processes, struct sharing *sharing);

#endif
