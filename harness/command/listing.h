/* The list of cases, for a person and for tools. Tested by test_command.c. */
#ifndef WIRECHECK_LISTING_H
#define WIRECHECK_LISTING_H

#include "base/case_info.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Prints each case to standard output: its name, what it proves and its clause. */
void listing_print(const struct case_info *const cases[], size_t count);

/*
 * Writes a JSON object a line for each case to the file at `path`, or to standard output for "-":
 * its name, the file and the line that declare it, what it proves and its clause. False with an
 * error when it could not be written.
 */
bool listing_write_json(
	const char *path, const struct case_info *const cases[], size_t count, struct error *error);

#endif
