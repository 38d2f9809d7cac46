/* How long the programs of a case were ready to run and no processor took them. */
#ifndef WIRECHECK_RUN_DELAY_H
#define WIRECHECK_RUN_DELAY_H

#include <stdint.h>

/*
 * Looks at all threads but the caller's and returns for how long, in nanoseconds, they waited for a
 * processor or a disk since the last look, or since they began: their delays added up, and no more
 * than the time that passed without what they had of the processors. 0 where the kernel does not
 * tell (/proc/PID/schedstat: sched-stats in the kernel's documentation, CONFIG_SCHED_INFO).
 */
int64_t run_delay(void);

#endif
