/* What the command line asks for. Tested by test_command.c. */
#ifndef WIRECHECK_ARGUMENTS_H
#define WIRECHECK_ARGUMENTS_H

#include "command/reporter.h"

#include <stdbool.h>
#include <stddef.h>

#define EXIT_PASSED 0
#define EXIT_FAILED 1
#define EXIT_BROKEN 2

/* Texts are the command line's own. */
struct arguments {
	bool list, clauses, verbose, no_sandbox, fail_fast, fail_on_skip;
	bool shuffle;
	unsigned long seed; /* of --shuffle; 0: none was given */
	const char *captures;
	const char *impl, *server_impl, *client_impl; /* NULL: not given */
	const char *matrix;                           /* NAME=DIR,...; NULL: not given */
	const char *reports[FILE_FORMAT_COUNT];       /* by format: a path; NULL: not wanted */
	double timeout, case_timeout;                 /* seconds */
	unsigned repeat;
	size_t jobs;
	char *const *patterns; /* names of cases and globs, up to NULL */
};

/*
 * Reads the command line. Returns -1 when there is something to do. Otherwise returns the exit
 * status: --help or --version was given, and is printed; or the command line is wrong, and standard
 * error says how.
 */
int arguments_parse(struct arguments *arguments, int count, char *texts[]);

#endif
