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

#endif
