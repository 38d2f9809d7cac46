/* The system call that a thread sleeps in, and the descriptors that it waits for, by proc(5). */
#ifndef WIRECHECK_SYSTEM_CALL_H
#define WIRECHECK_SYSTEM_CALL_H

#include <stddef.h>
#include <sys/types.h>

/* At most this many descriptors of one call are kept. */
#define SYSTEM_CALL_DESCRIPTORS 4

struct system_call {
	char name[48];                            /* "accept4"; "" when the kernel does not say */
	int descriptors[SYSTEM_CALL_DESCRIPTORS]; /* what it is called with, or waits for */
	size_t count; /* of descriptors, including those that are not kept */
};

/*
 * Reads the call of a thread that sleeps. `entry` is the folder of its process in /proc, `pid` is
 * that process, and `thread` is the folder of the thread in `entry`/task. The kernel says the call
 * only to a caller that may trace the process (ptrace(2)). To others it may say the name of the
 * kernel's function in which the thread waits; that is then the name.
 */
void system_call_read(struct system_call *call, pid_t entry, pid_t pid, pid_t thread);

#endif
