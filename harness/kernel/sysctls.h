/* The settings of the network stack (ip-sysctl) that a sandbox has, whatever the host has. */
#ifndef WIRECHECK_SYSCTLS_H
#define WIRECHECK_SYSCTLS_H

#include "base/error.h"

#include <limits.h>
#include <stdbool.h>

/*
 * Finds out, in a network namespace made for that, which settings a new one has that are not as
 * README.md says; to be called once, before the others here.
 */
bool sysctls_find(struct error *error);

/* Sets those, in this network namespace. Where /proc/sys is read-only they stay as they are. */
bool sysctls_set(struct error *error);

/*
 * Sets one of this network namespace, by its path below /proc/sys/net: "ipv4/tcp_fastopen". 0 or
 * an errno: EACCES, EPERM or EROFS where it may not be set; ENOENT where there is none, or the
 * value names what this kernel lacks; EINVAL where it does not take the value.
 */
int sysctl_write(const char *name, const char *value);

/* Whether this namespace has it. If not, stores the name nearest to it there, or "". */
bool sysctl_exists(const char *name, char nearest[NAME_MAX + 1]);

#endif
