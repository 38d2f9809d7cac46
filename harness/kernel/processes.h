/* The processes of a program: its first one and all that descend from it, by proc(5). */
#ifndef WIRECHECK_PROCESSES_H
#define WIRECHECK_PROCESSES_H

#include "base/error.h"
#include "kernel/process_mark.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* States of threads, letters of proc(5), as a set: THREADS_IN('S') | THREADS_IN('Z'). */
#define THREADS_IN(letter) (UINT64_C(1) << ((letter) - 'A'))

/* The thread has ended; it does not run (it was stopped, perhaps by a tracer); it waits. */
#define THREADS_ENDED   (THREADS_IN('Z') | THREADS_IN('X') | THREADS_IN('x'))
#define THREADS_STOPPED (THREADS_ENDED | THREADS_IN('T') | THREADS_IN('t'))
#define THREADS_ASLEEP  (THREADS_ENDED | THREADS_IN('S'))

/* One process, as it was when it was looked at. */
struct process {
	process_mark mark;
	pid_t pid, group;         /* in the caller's PID namespace */
	pid_t entry;              /* its folder in /proc, which may be the host's /proc */
	char name[64];            /* of the executable or the script, printable */
	uint64_t states;          /* of its threads, a set */
	bool stop_pending;        /* SIGSTOP was sent to it and has not been delivered yet */
	pid_t tracer;             /* the entry of its tracer; 0: it has none in this /proc */
	uint64_t traced_switches; /* how often its threads in state t gave up the processor */
};

/* A zeroed structure may be read into and freed. */
struct processes {
	struct process *list; /* in the order of their entries */
	size_t count, capacity;
};

/* No program has this many processes. A reading that finds more fails. */
#define PROCESSES_MAXIMUM 65536

/*
 * Reads all processes that have this mark, but never the caller itself; with mark 0, those that
 * have any mark that the caller gave. The result replaces the last reading. A process that begins
 * or ends during the call may be missing.
 */
bool processes_read(struct processes *processes, process_mark mark, struct error *error);

/* The one with this PID, or NULL. */
const struct process *processes_find(const struct processes *processes, pid_t pid);

/* The first process that has a thread in none of these states, or NULL. */
const struct process *processes_beyond(const struct processes *processes, uint64_t states);

/* A state, as a letter of proc(5), that one of its threads is in and `states` lacks; 0: none. */
char process_state_beyond(const struct process *process, uint64_t states);

/*
 * Stores the folders of its threads in /proc/ENTRY/task, `maximum` of them at most. Returns how
 * many threads it has.
 */
size_t process_threads(const struct process *process, pid_t threads[], size_t maximum);

/* The state of one of its threads now, as a letter of proc(5); 0: the thread has ended. */
char process_thread_state(const struct process *process, pid_t thread);

/* What a process or thread in this state is: "running", "stopped" and so on. */
const char *process_state_name(char state);

/* Frees the list and leaves it empty. */
void processes_free(struct processes *processes);

#endif
