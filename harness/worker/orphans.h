/*
 * The orphans of runs without a sandbox. In a sandbox the kernel ends all programs with the worker,
 * which is the first process of its PID namespace. On the host nothing does: programs of a worker
 * that dies become children of the scheduler, and it has to end them.
 * Tested by test_command.c.
 */
#ifndef WIRECHECK_ORPHANS_H
#define WIRECHECK_ORPHANS_H

#include "base/error.h"
#include "worker/settings.h"

#include <stdbool.h>

/* Makes this process, the scheduler, the parent of programs whose worker died. */
bool orphans_adopt(const struct settings *settings, struct error *error);

/* In the scheduler: ends the programs of workers that died. Standard error says why it cannot. */
void orphans_end(const struct settings *settings);

/*
 * In a worker: ends its programs first when the scheduler ends it, or dies. For a worker in a
 * sandbox there is nothing to do.
 */
bool orphans_prevent(const struct settings *settings, struct error *error);

#endif
