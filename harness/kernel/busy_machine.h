/* How long a busy machine delayed the programs of a case: they waited for a processor or a disk. */
#ifndef WIRECHECK_BUSY_MACHINE_H
#define WIRECHECK_BUSY_MACHINE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Looks at all threads of these `count` processes. Returns for how long, in nanoseconds, they
 * waited for a processor or a disk since the last look. A thread that is new since then counts from
 * its beginning. The result is the sum of the delays, but never more than the time that passed,
 * less the processor time that the threads had. NULL for `processes` means all processes in /proc
 * but the caller. 0 where the kernel does not say it (/proc/PID/schedstat: sched-stats in the
 * kernel's documentation, CONFIG_SCHED_INFO).
 */
int64_t busy_machine_delay(const pid_t processes[], size_t count);

/*
 * The same for a process that has ended and was not reaped yet, which the next look cannot find:
 * the delay of its first thread since the last look.
 */
int64_t busy_machine_last_delay(pid_t process);

/* For how long the caller itself has waited for a processor since it began, in nanoseconds. */
int64_t busy_machine_own_delay(void);

#endif
