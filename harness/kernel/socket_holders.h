/* Which processes have a socket open, and how its address may be shared: /proc, pidfd_getfd(2). */
#ifndef WIRECHECK_SOCKET_HOLDERS_H
#define WIRECHECK_SOCKET_HOLDERS_H

#include "kernel/processes.h"
#include "kernel/sockets.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOLDERS_SHOWN 3

/* A process that has a socket open. For a socket of the case itself this is the calling process. */
struct holder {
	pid_t pid;
	int descriptor; /* in that process */
	char name[64];
};

/* The processes that have the socket with this inode open. The caller fills in `inode`. */
struct holders {
	uint32_t inode;
	struct holder first[HOLDERS_SHOWN];
	size_t count; /* of processes, including those that are not in `first` */
};

/*
 * Finds out which of the processes, or the caller itself, hold each of these `count` sockets. False
 * when there were too many descriptors to look at all of them.
 */
bool holders_find(struct holders *holders, size_t count, const struct processes *processes);

/*
 * Returns a descriptor of the caller's own for the socket, which the caller closes, from the first
 * of its holders. -1: nobody holds it, or the kernel does not give it; errno as from
 * pidfd_getfd(2).
 */
int holders_open(const struct holders *holders);

/* The options by which several sockets may have one address. */
struct sharing {
	bool reuse_address, reuse_port; /* SO_REUSEADDR, SO_REUSEPORT (socket(7)) */
};

/* Reads the options of the socket. False when nobody holds it, or the kernel does not give it. */
bool holders_sharing(const struct holders *holders, struct sharing *sharing);

/* Finds the holders of a socket among these processes, and reads its options, in one call. */
bool socket_sharing(
	const struct socket_fact *fact, const struct processes *processes, struct sharing *sharing);

#endif
