/*
 * One case from start to verdict: sandbox, capture, body, settling, clean-up.
 *
 * Tested by test_failures.c.
 */
#ifndef WIRECHECK_WORKER_H
#define WIRECHECK_WORKER_H

#include "kernel/orphans.h"
#include "kernel/sandbox.h"
#include "worker/context.h"

/* Which run of which case a worker does, and to whom it says what came of it. */
struct task {
	const struct case_info *info;
	unsigned run;              /* counted from 1 */
	unsigned ring_mib;         /* the ring that an earlier worker asked for; 0: none has */
	const char *failed_before; /* what failed then, in one line, if anything; or "" */
	struct results *results;
	int done; /* gets one byte when the results are there */
};

/* Of the ring that a run is done again with. */
#define RING_MIB_MAXIMUM 256u

/*
 * Runs a case in this process, which is the first of its sandbox or, where the settings have none,
 * a fork of the scheduler; writes what it found into the results, sets the verdict last, and ends
 * the process. A run in a sandbox whose capture lost packets shows nothing about the program:
 * unless its ring was as large as RING_MIB_MAXIMUM, `ring_needed` is set, and it is to be done
 * again with that ring.
 */
_Noreturn void worker_run(const struct task *task, const struct settings *settings);

#endif
