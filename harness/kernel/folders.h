/* The folders that all programs of a host share, and that each sandbox has of its own. */
#ifndef WIRECHECK_FOLDERS_H
#define WIRECHECK_FOLDERS_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Finds /tmp, /var/tmp and /dev/shm: where links lead, and without those that this host lacks.
 * `scratch`, which must last as long as the process, is the folder that programs work in. To be
 * called once, before all others here.
 */
bool folders_find(const char *scratch, struct error *error);

/*
 * Keeps this path visible in sandboxes. Where it, or a link on the way to it, is below one of
 * those folders, the folder's entry on the way is kept, as /tmp/me for /tmp/me/project/build. A
 * path that is not there is no error, nor is one of the folders itself, which stays empty.
 */
bool folders_keep(const char *path, struct error *error);

/*
 * The same for a folder of programs, wherever links lead from there and for the interpreters that
 * scripts name. When it is one of those folders itself, each executable file in it is kept.
 */
bool folders_keep_programs(const char *folder, struct error *error);

/* The same for each path of a list with colons between them, such as PATH has. */
bool folders_keep_list(const char *list, struct error *error);

/*
 * Called in a sandbox: mounts a tmpfs and, from it, folders of their own over those found and over
 * `scratch`, each empty but for what is kept; makes `scratch` the working folder.
 */
bool folders_mount(struct error *error);

/* Mounts an empty tmpfs on a folder. */
bool folders_mount_empty(const char *folder, struct error *error);

#endif
