/* One case from start to verdict: sandbox, capture, body, settling, clean-up. */
#ifndef WIRECHECK_WORKER_H
#define WIRECHECK_WORKER_H

#include "context.h"
#include "sandbox.h"

/*
 * Runs a case in this process, which is the first of its sandbox or, where the settings have none,
 * a fork of the scheduler; writes what it found into `results`, sets the verdict last, writes one
 * byte to `done` then, and ends the process.
 */
_Noreturn void worker_run(const struct case_info *info, unsigned run,
	const struct settings *settings, struct results *results,
	int done);

#endif
