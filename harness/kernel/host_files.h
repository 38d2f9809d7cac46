/* The files of /etc by which programs look up names, as every sandbox has them. */
#ifndef WIRECHECK_HOST_FILES_H
#define WIRECHECK_HOST_FILES_H

#include "base/error.h"

#include <stdbool.h>

/* The name of the host that programs find themselves on, and with its domain. */
#define HOST_NAME      "sandbox"
#define HOST_FULL_NAME "sandbox.example"

/*
 * In mount and UTS namespaces of the caller's own: gives it HOST_NAME, and puts files in the place
 * of the host's that have a look-up answered by /etc/hosts alone, without a packet. `folder`, where
 * nobody else looks, serves for making them. Sandboxes that are made from here inherit that.
 */
bool host_files_replace(const char *folder, struct error *error);

#endif
