/*
 * One case from start to verdict: sandbox, capture, body, settling, clean-up.
 * Tested by test_command.c and test_failure_texts.c.
 */
#ifndef WIRECHECK_WORKER_H
#define WIRECHECK_WORKER_H

#include "base/case_info.h"
#include "base/results.h"
#include "worker/settings.h"

/* Which run of which case a worker does, and who gets what came of it. */
struct task {
	const struct case_info *info;
	unsigned run;                /* counted from 1 */
	unsigned larger_ring_mib;    /* of the ring that an earlier worker asked for; 0: none has */
	const char *earlier_failure; /* what failed in that worker's run, in one line; or "" */
	struct results *results;
	int done; /* gets one byte when the results are there */
};

/*
 * Runs a case in this process, which is the first of its sandbox or, where the settings have none,
 * a fork of the scheduler. Writes what it found into the results, sets the verdict last, and ends
 * the process. When the capture of a run in a sandbox lost packets, that run shows nothing about
 * the program. Then `larger_ring_mib` is set in the results, and the run is to be done again with
 * that ring, unless this was done already or there is no larger one (ring.h).
 */
_Noreturn void worker_run(const struct task *task, const struct settings *settings);

#endif
