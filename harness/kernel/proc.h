/* The file system /proc (proc(5)): a file of a process as text, a line of it, entries by number. */
#ifndef WIRECHECK_PROC_H
#define WIRECHECK_PROC_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Reads a file of /proc into `text`, ended by a NUL; what does not fit into `size` bytes is left
 * out. `folder` and `name` are as for openat(2). False when nothing was read: the process has
 * ended, or the caller may not read the file.
 */
bool proc_read(int folder, const char *name, char *text, size_t size);

/* What follows `name` in the line that begins with it; NULL when there is no such line. */
const char *proc_field(const char *text, const char *name);

/* Does something with an entry `name` of an open folder. False, with the error, ends the walk. */
typedef bool proc_taker(void *argument, int folder, const char *name, struct error *error);

/*
 * Calls `take` for each entry of a folder that is named by a number, in the order of the folder.
 * `folder` and `path` are as for openat(2). False, with the error, when the folder cannot be
 * opened, or when `take` returned false.
 */
bool proc_each_number(
	int folder, const char *path, proc_taker *take, void *argument, struct error *error);

#endif
