/* The processes of a program: its first one and all that descend from it, by proc(5). */
#ifndef WIRECHECK_PROCESSES_H
#define WIRECHECK_PROCESSES_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * What the processes of one program are told by: their soft limit of file locks. It is inherited
 * over fork(2) and execve(2), by daemons too; the kernel has no other use for it (getrlimit(2),
 * RLIMIT_LOCKS).
 */
typedef uint64_t process_mark;

/*
 * Gives the caller a mark that no process has yet; what it starts from now on inherits it. The
 * caller itself is never counted among the processes that have it.
 */
bool processes_mark(process_mark *mark, struct error *error);

/* States of threads, letters of proc(5), as a set: THREADS_IN('S') | THREADS_IN('Z'). */
#define THREADS_IN(letter) (UINT64_C(1) << ((letter) - 'A'))

/* It has ended; it does not run, stopped by a tracer maybe; it waits for something. */
#define THREADS_ENDED   (THREADS_IN('Z') | THREADS_IN('X') | THREADS_IN('x'))
#define THREADS_STOPPED (THREADS_ENDED | THREADS_IN('T') | THREADS_IN('t'))
#define THREADS_ASLEEP  (THREADS_ENDED | THREADS_IN('S'))

/* One process, as it was when it was looked at. */
struct process {
	process_mark mark;
	pid_t pid, group;  /* in the caller's PID namespace */
	pid_t entry;       /* its folder in /proc, which may be the host's */
	char name[64];     /* of the executable or the script, printable */
	uint64_t states;   /* of its threads */
	bool stop_pending; /* SIGSTOP was sent to it, and it has not taken it yet */
	pid_t tracer; /* the entry of its tracer; 0: it has none, or one that is not in /proc */
	uint64_t traced_switches; /* how often its threads in state t gave up the processor */
};

/* A zeroed structure may be read into and freed. */
struct processes {
	struct process *list; /* in the order of their entries */
	size_t count, capacity;
};

/* No program has so many; a reading with more of them fails. */
#define PROCESSES_MAXIMUM 65536

/*
 * Reads all processes that have this mark, or with 0 any mark that the caller gave, in place of the
 * last reading. One that ends meanwhile may be missing, and one that begins meanwhile.
 */
bool processes_read(struct processes *processes, process_mark mark, struct error *error);

/* The one with this PID, or NULL. */
const struct process *processes_find(const struct processes *processes, pid_t pid);

/* The first of them that has a thread in none of these states, or NULL. */
const struct process *processes_beyond(const struct processes *processes, uint64_t states);

/* A state of one of its threads that is none of `states`: a letter of proc(5); 0: there is none. */
char process_state_beyond(const struct process *process, uint64_t states);

/*
 * The folders of its threads in /proc/ENTRY/task, as many as fit; returns how many it has. And the
 * state of one of them; 0: it has ended.
 */
size_t process_threads(const struct process *process, pid_t threads[], size_t maximum);
char process_thread_state(const struct process *process, pid_t thread);

/* What the process or thread is: "running", "stopped" and so on. */
const char *process_state_name(char state);

void processes_free(struct processes *processes);

#endif
