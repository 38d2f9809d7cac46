/* A program under test: feeds it, collects what it prints, signals it, reaps it. */
#ifndef WIRECHECK_PROGRAM_H
#define WIRECHECK_PROGRAM_H

#include "base/buffer.h"
#include "base/error.h"
#include "kernel/launch.h"
#include "kernel/processes.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Bytes kept of each of a program's outputs; one that prints more is stopped. */
#define OUTPUT_MAXIMUM ((size_t)4 << 20)

enum output { STANDARD_OUTPUT, STANDARD_ERROR };

/* One of a program's two outputs. A terminal shows both in one: the first. */
struct outlet {
	int descriptor; /* the read end of its pipe; -1 once it ended, or where there is none */
	struct buffer text;
};

/* A program under test. Owned by the worker; the pointer stays good until the case is over. */
struct program {
	char name[64];
	struct buffer command;    /* its arguments as a shell would take them, for messages */
	process_mark mark;        /* of all its processes */
	pid_t pid;                /* of its first process; 0: never started */
	int pidfd;                /* readable once it ended; -1 after it was reaped */
	struct outlet outlets[2]; /* by enum output */
	int input;                /* the write end of its standard input; -1 once closed */
	bool terminal;
	bool refused;         /* never started, for its file is none that the kernel executes */
	size_t read_up_to[2]; /* bytes of its outputs that the verbs which wait have passed */
	bool ended;           /* its first process has; a daemon of it may be left */
	int status;           /* wait status, once `ended` */
	bool held;            /* stopped by the harness until it is released */
	bool flooded;         /* stopped by the harness, for it printed more than OUTPUT_MAXIMUM */
	bool looked_at; /* kept by the expectations: somebody asked how it ended, or ended it */
};

/* Where a person sees this output: "standard output", "standard error" or "terminal". */
const char *output_name(const struct program *program, enum output output);

/* What is there: on a terminal all that the program printed, whichever output is asked for. */
const struct buffer *output_text(const struct program *program, enum output output);

/*
 * Starts a program as launch() does. Its standard input is a pipe or terminal on which nothing
 * comes until it is fed. A program that was not started may be freed too.
 */
bool program_start(struct program *program, const char *folder, const char *const arguments[],
	const struct launch *how, struct error *error);

/*
 * Writes to its standard input as much as fits now; returns how much, or -1 with errno. EPIPE:
 * nobody reads it any more.
 */
ssize_t program_feed(struct program *program, struct bytes input);

/* Ends its standard input: closes the pipe, or types the end-of-file character (termios(3)). */
bool program_end_input(struct program *program, struct error *error);

/*
 * Whether it has ended and all that was printed to this output is there: nobody, a child that it
 * left behind for instance, holds that any more.
 */
bool program_is_over(const struct program *program, enum output output);

/*
 * Takes in what the program has printed so far, without waiting. Called after it has ended, it
 * has all that the program itself printed; a child that it left behind may print on.
 */
bool program_collect(struct program *program, struct error *error);

/* Reaps whatever child of the calling process has ended, programs or not, without waiting. */
bool program_reap(struct program *const programs[], size_t count, struct error *error);

/*
 * Sends a signal as a terminal does: to the process group that the program was started in, and to
 * the one that its first process is in now. Once that process has ended, as that of a daemon does,
 * to the groups of all its processes that are left. `reached`: somebody got it.
 */
bool program_signal(const struct program *program, int number, bool *reached, struct error *error);

/* Sends a signal to its first process alone, as kill(1) does. */
bool program_signal_first(
	const struct program *program, int number, bool *reached, struct error *error);

/* A program that is being stopped. Zero it before; program_hold_end frees it. */
struct holding {
	struct processes processes; /* as they were at the last look */
};

/*
 * One look at a program that is to stop: sends SIGSTOP to each process of it that the look before
 * did not find. `stopped` becomes true once each thread of each process is stopped or has ended.
 */
bool program_hold(
	const struct program *program, struct holding *holding, bool *stopped, struct error *error);

void program_hold_end(struct holding *holding);

/* Sends SIGCONT to each process of a held program. */
bool program_release(struct program *program, struct error *error);

/* "exit status 1", "killed by signal 11 (Segmentation fault)", "still running"; by `out`. */
void program_describe_end(const struct program *program, struct buffer *out);

/* Closes what is open and frees the outputs. Does not end the program: the sandbox does. */
void program_free(struct program *program);

#endif
