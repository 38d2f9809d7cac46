/*
 * How programs in a sandbox look up names of hosts: the files of /etc, and the host's own name.
 *
 * Tested by test_sandbox.c.
 */
#ifndef WIRECHECK_NAME_LOOKUP_H
#define WIRECHECK_NAME_LOOKUP_H

#include "base/error.h"

#include <stdbool.h>

/* The name of the host that programs see, and the same with its domain. */
#define HOST_NAME      "sandbox"
#define HOST_FULL_NAME "sandbox.example"

/*
 * The caller is in mount and UTS namespaces of its own. Sets HOST_NAME there, and replaces files of
 * /etc, so that /etc/hosts alone answers every look-up, without a packet. The files are made in
 * `folder`, which nobody else uses. Sandboxes that are made from here inherit all of this.
 */
bool name_lookup_set_up(const char *folder, struct error *error);

#endif
