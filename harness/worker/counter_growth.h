/*
 * How much the kernel's counters have grown since the running case began.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_COUNTER_GROWTH_H
#define WIRECHECK_COUNTER_GROWTH_H

#include "kernel/counters.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Sets `by` to how much a counter has grown between the beginning of the case and `now`. False, and
 * 0, when the kernel has no counter of that name.
 */
bool counter_growth(const struct counters *now, const char *group, const char *name, int64_t *by);

#endif
