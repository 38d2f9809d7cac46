/* A program under test: feeds it, collects what it prints, reaps it. */
#ifndef WIRECHECK_PROGRAM_H
#define WIRECHECK_PROGRAM_H

#include "base/buffer.h"
#include "base/error.h"
#include "kernel/launch.h"
#include "kernel/process_mark.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* At most this many bytes of each output are kept. A program that prints more is killed. */
#define OUTPUT_MAXIMUM ((size_t)4 << 20)

enum output { STANDARD_OUTPUT, STANDARD_ERROR };

/* One of a program's two outputs. A terminal has both in the first one. */
struct outlet {
	int descriptor; /* the read end of its pipe; -1 when it ended, or when there is none */
	struct buffer text;
};

/* A program under test. Owned by the worker; the pointer stays good until the case is over. */
struct program {
	char name[64];
	struct buffer command;    /* its arguments as a shell would take them, for messages */
	process_mark mark;        /* all its processes have it */
	pid_t pid;                /* of its first process; 0: never started */
	int pidfd;                /* readable when that process has ended; -1 after it was reaped */
	struct outlet outlets[2]; /* by enum output */
	int input;                /* the write end of its standard input; -1 when closed */
	bool terminal;
	bool refused;         /* never started: the kernel does not execute such a file */
	size_t read_up_to[2]; /* bytes of each output that a verb has waited for already */
	bool ended;           /* its first process has ended; its other processes may be left */
	int status;           /* wait status, when `ended` */
	bool held;            /* stopped by the harness until it is released */
	bool flooded;         /* killed by the harness: it printed more than OUTPUT_MAXIMUM */
	bool looked_at;       /* set by the verbs: the case asked how it ended, or ended it */
};

/* What an output is called in messages: "standard output", "standard error" or "terminal". */
const char *output_name(const struct program *program, enum output output);

/* What the program printed so far. On a terminal that is everything, for either output. */
const struct buffer *output_text(const struct program *program, enum output output);

/*
 * Starts a program as launch() does. Its standard input is a pipe or a terminal, and empty until
 * program_feed. A program that was not started may be freed too.
 */
bool program_start(struct program *program, const char *folder, const char *const arguments[],
	const struct launch *how, struct error *error);

/*
 * Writes as much as fits now to its standard input. Returns how much, or -1 with errno. EPIPE:
 * nobody reads that input any more.
 */
ssize_t program_feed(struct program *program, struct bytes input);

/* Ends its standard input: closes the pipe, or types the end-of-file character (termios(3)). */
bool program_end_input(struct program *program, struct error *error);

/*
 * Whether the program has ended and nobody has this output open any more, such as a child that it
 * left. Then all that was printed to it has been collected.
 */
bool program_is_over(const struct program *program, enum output output);

/*
 * Takes in what the program has printed so far, without waiting. After the program has ended, this
 * takes in the rest of what it printed. A child that it left may go on printing.
 */
bool program_collect(struct program *program, struct error *error);

/* Reaps every child of the calling process that has ended, program or not, without waiting. */
bool program_reap(struct program *const programs[], size_t count, struct error *error);

/* Appends "exit status 1", "killed by signal 11 (Segmentation fault)", "still running" or so. */
void program_describe_end(const struct program *program, struct buffer *out);

/* Closes the descriptors and frees the outputs. It does not end the program: orphans.h does. */
void program_free(struct program *program);

#endif
