/*
 * The settings of the network stack (ip-sysctl) in a sandbox; they do not depend on the host's.
 *
 * Tested by test_sandbox.c.
 */
#ifndef WIRECHECK_SYSCTLS_H
#define WIRECHECK_SYSCTLS_H

#include "base/error.h"

#include <limits.h>
#include <stdbool.h>

/*
 * Makes a network namespace and finds out which of its settings are not as README.md says. Call
 * this once, before the other functions here.
 */
bool sysctls_find(struct error *error);

/*
 * Sets these settings in this network namespace. Where /proc/sys is read-only, they stay as they
 * are.
 */
bool sysctls_set(struct error *error);

/*
 * Sets one setting of this network namespace, by its path below /proc/sys/net: "ipv4/tcp_fastopen".
 * Returns 0 or an errno. EACCES, EPERM, EROFS: it may not be set. ENOENT: the setting does not
 * exist, or the value names something that this kernel lacks. EINVAL: the kernel refuses the value.
 */
int sysctl_write(const char *name, const char *value);

/*
 * Whether this namespace has the setting. If not, `nearest` is the name in the same folder that is
 * most like it, or "".
 */
bool sysctl_exists(const char *name, char nearest[NAME_MAX + 1]);

#endif
