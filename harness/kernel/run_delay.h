/* How long the programs of a case were ready to run and no processor took them. */
#ifndef WIRECHECK_RUN_DELAY_H
#define WIRECHECK_RUN_DELAY_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Looks at all threads of these `count` processes and returns for how long, in nanoseconds, they
 * waited for a processor or a disk since the last look, or since they began. That is the sum of
 * their delays, but no more than the time that passed without what they had of the processors.
 * NULL for the processes stands for all in /proc but the caller's own. 0 where the kernel does not
 * say it (/proc/PID/schedstat: sched-stats in the kernel's documentation, CONFIG_SCHED_INFO).
 */
int64_t run_delay(const pid_t processes[], size_t count);

/*
 * The same for a process that has ended and was not reaped yet: what its first thread waited since
 * the last look, for no later look finds it.
 */
int64_t run_delay_ended(pid_t process);

/* For how long the caller itself has waited for a processor since it began, in nanoseconds. */
int64_t run_delay_own(void);

#endif
