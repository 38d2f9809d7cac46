/* Runs a command as a user would, and reads what came of it: for tests of whole programs. */
#ifndef WIRECHECK_COMMAND_H
#define WIRECHECK_COMMAND_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Arguments up to NULL. */
#define LINE(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A command under way or over. The caller frees it with command_free. */
struct command {
	pid_t pid;
	int output, error_output; /* read ends of its pipes; -1 once closed */
	struct buffer out, err;   /* what it printed; at most 16 MiB each */
	int status;               /* as the shell has it: exit status, or 128 + signal */
	bool timed_out;           /* it was killed, for it ran longer than 280 s */
};

/*
 * Starts `arguments` (NULL at the end; the first a path, or a name that is looked up in PATH) with
 * standard input empty, and with SIGINT, SIGQUIT, SIGTERM and SIGHUP at their default, whatever the
 * caller ignores. `environment` has NAME=VALUE texts that are added, or is NULL.
 */
bool command_start(
	struct command *command, const char *const arguments[], const char *const environment[]);

/* Collects what it prints until it has ended, and reaps it. */
void command_finish(struct command *command);

/* Both in one. */
bool command_run(
	struct command *command, const char *const arguments[], const char *const environment[]);

/* Waits until standard output has this text; false when it ended before. */
bool command_until_printed(struct command *command, const char *text);

void command_free(struct command *command);

/* Appends all of a file. False when it cannot be read, or the buffer is too small. */
bool read_file(const char *path, struct buffer *out);

/* How many times a text has a piece, which is not empty. */
size_t count_of(const char *text, const char *piece);

/* The build folder, absolute: where this test executable's folder harness/tests is in. */
const char *build_folder(void);

/* The folder with the sources, absolute. */
const char *source_folder(void);

/* A path in the build folder, from printf(3)'s arguments; valid until the eighth next call. */
const char *build_path(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));

/*
 * A new empty folder that only this test uses. temporary_remove removes it with all in it; when the
 * environment has WIRECHECK_KEEP=folder, it keeps it and names it on standard error.
 */
const char *temporary_make(void);
void temporary_remove(void);

#endif
