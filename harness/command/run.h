/* Runs the selected cases, once or for each cell of a matrix, and tells how it went. */
#ifndef WIRECHECK_RUN_H
#define WIRECHECK_RUN_H

#include "command/arguments.h"
#include "worker/context.h"

#include <stddef.h>

/*
 * Makes ready what the command line names, runs the cases, and cleans up. Returns the exit status;
 * standard error has what went wrong.
 */
int run_cases(
	const struct arguments *arguments, const struct case_info *const cases[], size_t count);

#endif
