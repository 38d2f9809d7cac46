/* Where one case runs: namespaces of its own, loopback up, a scratch folder. */
#ifndef WIRECHECK_SANDBOX_H
#define WIRECHECK_SANDBOX_H

#include "error.h"

#include <stdbool.h>
#include <sys/types.h>

/* The user that the programs see: whoever started wirecheck. */
struct identity {
	uid_t user;
	gid_t group;
};

/* The caller's identity; to be asked before sandbox_fork. */
struct identity identity_of_caller(void);

/*
 * Forks into new user, network, PID and mount namespaces (user_namespaces(7)). Returns 0 in the
 * child, which is PID 1 there and whose death ends every process in them; the child's PID in the
 * parent; or -1 with the error.
 */
pid_t sandbox_fork(struct error *error);

/*
 * Called in that child: maps the user to itself, mounts a /proc of the new PID namespace and an
 * empty tmpfs over `scratch` (a folder that exists), makes it the working folder, brings up `lo`
 * and lets programs bind every port. Programs get no capabilities, whoever started wirecheck.
 */
bool sandbox_enter(struct identity identity, const char *scratch, struct error *error);

/* Makes a sandbox and throws it away: whether this machine allows one, and if not, why. */
bool sandbox_possible(const char *scratch, struct error *error);

/*
 * For --no-sandbox, in a plain fork of the scheduler: empties `scratch`, makes it the working
 * folder, and adopts orphans.
 */
bool sandbox_enter_host(const char *scratch, struct error *error);

/* Orphaned grandchildren become this process's children, to be ended by sandbox_kill_all. */
bool sandbox_adopt_orphans(struct error *error);

/* Removes what is in the folder, not the folder. */
bool sandbox_empty_scratch(const char *scratch, struct error *error);

/*
 * Ends every descendant with SIGKILL and reaps it. In a sandbox that is all processes there; on
 * the host, the children and, as they are orphaned, their children.
 */
bool sandbox_kill_all(bool isolated, struct error *error);

/* Brings a network interface of this namespace up. */
bool sandbox_interface_up(const char *interface, struct error *error);

#endif
