/* Which users and groups there are in a sandbox. */
#ifndef WIRECHECK_USERS_H
#define WIRECHECK_USERS_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Moves the calling process, which has one thread, into a user namespace of its own, and with it
 * into the others that unshare(2) is to make by `flags`. An ordinary user stays who it is there;
 * root is called nobody, so that no program takes itself for root without being allowed what root
 * is. All other users are there, too, as far as this machine lets the caller map them: root all,
 * an ordinary user those of subuid(5) and subgid(5), by newuidmap(1) and newgidmap(1).
 */
bool users_enter(int flags, struct error *error);

/* Whether there are more users than the caller itself, so that users_map_root has any to map. */
bool users_are_several(void);

/*
 * For a child of the caller that is in a user namespace of its own: maps all users of the caller's
 * there, with the caller as root.
 */
bool users_map_root(pid_t child, struct error *error);

#endif
