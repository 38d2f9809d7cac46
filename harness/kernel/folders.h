/*
 * The folders that all programs of a host share: /tmp and so on. Each sandbox has its own ones.
 *
 * Tested by test_sandbox.c.
 */
#ifndef WIRECHECK_FOLDERS_H
#define WIRECHECK_FOLDERS_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Finds /tmp, /var/tmp and /dev/shm: follows links, and leaves out those that this host lacks.
 * `scratch` is the folder that programs work in (scratch.h); the text must last as long as the
 * process. Call this once, before the other functions here.
 */
bool folders_find(const char *scratch, struct error *error);

/*
 * Keeps this path visible in sandboxes. When the path, or a link on the way to it, is below one of
 * those folders, the entry of the folder that is on the way is kept: /tmp/me for
 * /tmp/me/project/build. A path that does not exist is no error. One of the folders itself is no
 * error either; it stays empty.
 */
bool folders_keep(const char *path, struct error *error);

/*
 * The same for a folder of programs. Follows the links in it, and keeps the interpreters that
 * scripts in it name. When it is one of those folders itself, each executable file in it is kept.
 */
bool folders_keep_programs(const char *folder, struct error *error);

/* The same for each path in a list with colons between them, as in PATH. */
bool folders_keep_list(const char *list, struct error *error);

/*
 * Called in a sandbox. Mounts a tmpfs. From it, it mounts a new folder over each folder that was
 * found, and over the scratch folder. Each is empty but for the entries that are kept. The scratch
 * folder becomes the working folder.
 */
bool folders_mount(struct error *error);

/* Mounts an empty tmpfs on a folder. */
bool folders_mount_empty(const char *folder, struct error *error);

#endif
