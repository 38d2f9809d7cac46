/*
 * The mark that all processes of one program have, and by which they are found.
 *
 * Tested by test_processes.c.
 */
#ifndef WIRECHECK_PROCESS_MARK_H
#define WIRECHECK_PROCESS_MARK_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A mark is a soft limit of file locks (getrlimit(2), RLIMIT_LOCKS). The kernel has no other use
 * for it. It is inherited over fork(2) and execve(2), by daemons too.
 */
typedef uint64_t process_mark;

/*
 * Gives the caller a mark that no process has yet. What the caller starts from now on inherits it.
 */
bool process_mark_give(process_mark *mark, struct error *error);

/* The mark of a process, by its open folder in /proc; 0: it has none, or may not be looked at. */
process_mark process_mark_read(int folder);

/* Whether a mark is `wanted`; with 0 for that, whether it is one that this process gave. */
bool process_mark_is(process_mark mark, process_mark wanted);

#endif
