/* The settings of the network stack (ip-sysctl) that a sandbox has, whatever the host has. */
#ifndef WIRECHECK_SYSCTLS_H
#define WIRECHECK_SYSCTLS_H

#include "error.h"

#include <stdbool.h>

/*
 * Finds out, in a network namespace made for that, which settings a new one has that are not as
 * README.md says; to be called once.
 */
bool sysctls_find(struct error *error);

/* Sets those, in this network namespace. Where /proc/sys is read-only they stay as they are. */
bool sysctls_set(struct error *error);

#endif
