/* Processes that outlive the process that started them: how each of them is found and ended. */
#ifndef WIRECHECK_ORPHANS_H
#define WIRECHECK_ORPHANS_H

#include "base/error.h"

#include <stdbool.h>

/*
 * From now on, a grandchild that becomes an orphan is a child of this process (prctl(2),
 * PR_SET_CHILD_SUBREAPER). So orphans_kill_all finds it.
 */
bool orphans_adopt(struct error *error);

/*
 * From now on SIGTERM ends the children of this process, and then the process itself. A worker on
 * the host gets that signal when the scheduler dies. Call it in a process without threads.
 */
bool orphans_prevent(struct error *error);

/*
 * Sends SIGKILL to each child. Where a child leads a process group, the whole group gets it. May be
 * called in a signal handler (signal-safety(7)). False, with errno, when the children cannot be
 * listed.
 */
bool orphans_kill_children(void);

/*
 * Ends every descendant with SIGKILL and reaps it. In a sandbox (`isolated`) these are all other
 * processes there. On the host they are the children of this process, and then the children of
 * those, as they become orphans.
 */
bool orphans_kill_all(bool isolated, struct error *error);

#endif
