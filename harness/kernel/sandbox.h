/* Where one case runs: namespaces, a network and folders of its own. */
#ifndef WIRECHECK_SANDBOX_H
#define WIRECHECK_SANDBOX_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/*
 * Moves the calling process, which has one thread, into user, network, mount and UTS namespaces of
 * its own. Sandboxes are made from there. They have the users of users.h and the files of
 * name_lookup.h. `scratch` is the absolute path, without links, of a folder that exists
 * (scratch.h); the text must last as long as the process. Between this call and the first sandbox,
 * folders_keep names what stays visible. The error says what this machine refuses.
 *
 * Where the kernel can do it (Linux 6.1; ip-sysctl, tcp_child_ehash_entries), each sandbox has
 * small tables of TCP and UDP sockets of its own. To list all sockets the kernel walks through the
 * whole table, and the host's table has hundreds of thousands of places.
 */
bool sandbox_prepare(const char *scratch, struct error *error);

/*
 * Forks into new network, PID, IPC and mount namespaces, after sandbox_prepare. Returns 0 in the
 * child, the child's PID in the parent, or -1 with the error. The child is PID 1 in the namespaces:
 * when it ends, the kernel ends every process there.
 */
pid_t sandbox_fork(struct error *error);

/*
 * Called in that child. Mounts a /proc of the new PID namespace, opens the network (network.h,
 * sysctls.h), and mounts the sandbox's own folders (folders.h). The working folder is then the
 * scratch folder.
 */
bool sandbox_enter(struct error *error);

#endif
