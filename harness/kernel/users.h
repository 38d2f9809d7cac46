/* Which users and groups there are in a sandbox. Tested by test_sandbox.c. */
#ifndef WIRECHECK_USERS_H
#define WIRECHECK_USERS_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Moves the calling process, which has one thread, into a user namespace of its own, and into the
 * other new namespaces that `flags` names (unshare(2)). An ordinary user has the same user ID
 * there. Root becomes nobody: otherwise a program could think that it is root, but be refused what
 * root may do. The other users are there too, as far as the caller may map them. Root may map all
 * of them. An ordinary user may map those of subuid(5) and subgid(5), by newuidmap(1) and
 * newgidmap(1).
 */
bool users_enter(int flags, struct error *error);

/* Whether there are users besides the caller, which users_map_root could map. */
bool users_are_several(void);

/*
 * The child of the caller is in a user namespace of its own. Maps all users of the caller's
 * namespace there; the caller's own user is root there.
 */
bool users_map_root(pid_t child, struct error *error);

#endif
