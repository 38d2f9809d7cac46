/* Where one case runs: namespaces, a network and folders of its own. */
#ifndef WIRECHECK_SANDBOX_H
#define WIRECHECK_SANDBOX_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Moves the calling process, which has one thread, into user, network, mount and UTS namespaces of
 * its own, from which sandboxes can be made: with the users that users.h tells of, and the files
 * that host_files.h does. `scratch` is the absolute path, without links, of a folder that exists;
 * it must last as long as the process. What is to stay visible is named by folders_keep between
 * this and the first sandbox. The error says what this machine refuses.
 *
 * Sandboxes made from here have small tables of TCP and UDP sockets of their own, where the kernel
 * has them (Linux 6.1; ip-sysctl, tcp_child_ehash_entries): asking for all sockets walks through
 * the whole table, and that of the host has hundreds of thousands of places.
 */
bool sandbox_prepare(const char *scratch, struct error *error);

/*
 * Forks into new network, PID, IPC and mount namespaces, after sandbox_prepare. Returns 0 in the
 * child, which is PID 1 there and whose death ends every process in them; the child's PID in the
 * parent; or -1 with the error.
 */
pid_t sandbox_fork(struct error *error);

/*
 * Called in that child: mounts a /proc of the new PID namespace, opens the network (network.h,
 * sysctls.h), and mounts the folders of its own (folders.h), with `scratch` as the working folder.
 */
bool sandbox_enter(struct error *error);

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
 * Sends SIGKILL to each child and, where it leads a process group, to that. Can be called in a
 * signal handler (signal-safety(7)). False, and errno, when the children are not to be found out.
 */
bool sandbox_kill_children(void);

/*
 * Ends every descendant with SIGKILL and reaps it. In a sandbox that is all processes there; on
 * the host, the children and, as they are orphaned, their children.
 */
bool sandbox_kill_all(bool isolated, struct error *error);

#endif
