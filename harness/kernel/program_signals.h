/*
 * Signals to a program: to all of its processes as a terminal sends them, to stop it, to go on.
 *
 * Tested by test_program.c.
 */
#ifndef WIRECHECK_PROGRAM_SIGNALS_H
#define WIRECHECK_PROGRAM_SIGNALS_H

#include "kernel/processes.h"
#include "kernel/program.h"

#include <stdbool.h>

/*
 * Sends a signal as a terminal does: to the process group that the program was started in, and to
 * the group that its first process is in now. When that process has ended, as the first process of
 * a daemon does, the signal goes to the groups of all its processes that are left. `reached` says
 * whether any process got it.
 */
bool program_signal(const struct program *program, int number, bool *reached, struct error *error);

/* Sends a signal to its first process alone, as kill(1) does. */
bool program_signal_first(
	const struct program *program, int number, bool *reached, struct error *error);

/* A program that is being stopped. Zero it first; program_hold_end frees it. */
struct holding {
	struct processes processes; /* as they were at the last look */
};

/*
 * One look at a program that is to stop. Sends SIGSTOP to each of its processes that the last look
 * did not find. `stopped` becomes true when each thread of each process is stopped or has ended.
 * Call it until then.
 */
bool program_hold(
	const struct program *program, struct holding *holding, bool *stopped, struct error *error);

/* Frees what the looks kept. */
void program_hold_end(struct holding *holding);

/* Sends SIGCONT to each process of a held program. It is then no longer held. */
bool program_release(struct program *program, struct error *error);

#endif
