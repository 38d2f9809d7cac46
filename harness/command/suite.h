/* All cases, and each of them as a CUnit test. */
#ifndef WIRECHECK_SUITE_H
#define WIRECHECK_SUITE_H

#include "command/progress.h"
#include "command/schedule.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * All cases that were declared (case.h), sorted by name; `count` of them. The list is the
 * register's. False when a name is taken twice or there is no memory.
 */
bool suite_cases(const struct case_info *const **cases, size_t *count, struct error *error);

/*
 * Runs what the schedule has, each of its cases as one CUnit test in whose assertions the
 * expectations of all its runs are counted, and shows it. False with an error of the harness
 * itself; a signal that asked to stop is no error. With `fail_fast` nothing more is run, or waited
 * for, after the first run that is FAIL or BROKEN.
 */
bool suite_run(
	struct schedule *schedule, struct progress *progress, bool fail_fast, struct error *error);

#endif
