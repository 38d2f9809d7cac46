/* What the command line asks for. */
#ifndef WIRECHECK_ARGUMENTS_H
#define WIRECHECK_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#define EXIT_PASSED 0
#define EXIT_FAILED 1
#define EXIT_BROKEN 2

/* Strings are the command line's own. */
struct arguments {
	bool list, clauses, verbose, no_sandbox, fail_fast, fail_on_skip;
	bool shuffle;
	unsigned long seed; /* of --shuffle; 0: not told */
	const char *captures;
	const char *impl, *server_impl, *client_impl; /* NULL: not told */
	const char *matrix;                           /* NAME=DIR,...; NULL: none */
	const char *json, *junit;                     /* NULL: none; "-": standard output */
	double timeout, case_timeout;                 /* seconds */
	unsigned repeat;
	size_t jobs;
	char *const *patterns; /* up to NULL */
};

/*
 * Reads the command line. Returns -1 to go on, otherwise the exit status: it was --help or
 * --version, which are printed, or wrong, which standard error is told.
 */
int arguments_parse(struct arguments *arguments, int count, char *texts[]);

#endif
