/*
 * Runs the selected cases, in one round or in one for each cell of a matrix.
 * Tested by test_command.c and test_matrix.c.
 */
#ifndef WIRECHECK_RUN_H
#define WIRECHECK_RUN_H

#include "base/case_info.h"
#include "command/arguments.h"

#include <stddef.h>

/*
 * Makes ready what the command line names, runs the cases, reports them and cleans up. Returns the
 * exit status (arguments.h); standard error says what went wrong with the harness itself.
 */
int run_cases(
	const struct arguments *arguments, const struct case_info *const cases[], size_t count);

#endif
