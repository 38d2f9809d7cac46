/* The system call that a thread sleeps in, and the descriptors that it waits for, by proc(5). */
#ifndef WIRECHECK_CALL_H
#define WIRECHECK_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Descriptors of one call that are kept. */
#define CALL_DESCRIPTORS 4

struct call {
	char name[48];                     /* "accept4"; "" when the kernel does not say */
	int descriptors[CALL_DESCRIPTORS]; /* what it is called with, or waits for */
	size_t count;                      /* of descriptors, those that are not kept too */
};

/*
 * Reads the call of a thread that sleeps. `entry` is its process's folder in /proc, `pid` that
 * process, `thread` the thread's folder in `entry`/task. Where the call is not told (it takes the
 * right to trace, ptrace(2)) the name is that of the kernel's function, if that is told.
 */
void call_read(struct call *call, pid_t entry, pid_t pid, pid_t thread);

#endif
